/** What every page of the console shares: addresses, assets, theme, messages. */
@org.jspecify.annotations.NullMarked
package io.binnacle.platform.boundary.faces;
