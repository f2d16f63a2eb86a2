/** The rules of the house, each with its reason; docs/architecture.md says them in words. */
@org.jspecify.annotations.NullMarked
package io.binnacle.architecture;
