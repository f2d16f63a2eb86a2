/** What every feature stores: ids, leases, settings, server lives and the counter of refusals. */
@org.jspecify.annotations.NullMarked
package io.binnacle.platform.store;
