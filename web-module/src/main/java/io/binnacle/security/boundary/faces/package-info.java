/** The beans behind the pages for signing in, API keys and users. */
@org.jspecify.annotations.NullMarked
package io.binnacle.security.boundary.faces;
