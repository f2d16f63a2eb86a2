package io.binnacle.security.boundary.rest;

import io.binnacle.security.entity.Right;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call a REST method: a caller with any of the rights. A method that declares neither this
 * nor {@link OpenToAll} is refused at run time and fails the architecture test.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Requires {
  /** Any one of these opens the method. */
  Right[] value();
}
