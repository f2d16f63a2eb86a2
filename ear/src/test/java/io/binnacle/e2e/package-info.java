/** The console in a real browser: page objects, accessibility, and pictures of every page. */
@org.jspecify.annotations.NullMarked
package io.binnacle.e2e;
