/** Where users, keys, sessions, memberships and the audit trail are kept. */
@org.jspecify.annotations.NullMarked
package io.binnacle.security.store;
