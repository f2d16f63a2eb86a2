package io.binnacle.it.inside;

import io.binnacle.it.server.InsideServer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that runs inside the server; its class says what is deployed, mostly {@link Modules}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("inside")
@ExtendWith({InsideServer.class, ArquillianExtension.class})
@interface Inside {}
