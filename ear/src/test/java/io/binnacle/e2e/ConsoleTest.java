package io.binnacle.e2e;

import io.binnacle.it.RunningServer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of the console in a browser; skipped, and counted as such, where there is none. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RunningServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(
    value = "io.binnacle.e2e.Browser#isInstalled",
    disabledReason = "Chromium and its driver are not installed: the console was NOT tested")
@interface ConsoleTest {}
