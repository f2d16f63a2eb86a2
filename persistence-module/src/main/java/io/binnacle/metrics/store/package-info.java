/** Where metrics lie in the database. */
@org.jspecify.annotations.NullMarked
package io.binnacle.metrics.store;
