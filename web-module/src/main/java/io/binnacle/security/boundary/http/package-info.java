/** Who makes a request, and whether it may see a page or open a socket. */
@org.jspecify.annotations.NullMarked
package io.binnacle.security.boundary.http;
