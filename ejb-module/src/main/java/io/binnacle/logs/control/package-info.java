/** Taking logs in, searching them, following them live, and keeping them no longer than wanted. */
@org.jspecify.annotations.NullMarked
package io.binnacle.logs.control;
