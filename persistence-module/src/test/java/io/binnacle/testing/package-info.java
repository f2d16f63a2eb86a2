/** Databases for tests: the embedded one and a real MySQL 8, each migrated from nothing. */
@org.jspecify.annotations.NullMarked
package io.binnacle.testing;
