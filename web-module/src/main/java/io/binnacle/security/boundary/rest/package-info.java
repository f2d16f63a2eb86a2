/** The permission that every REST resource declares; users, keys, sessions and the audit trail. */
@org.jspecify.annotations.NullMarked
package io.binnacle.security.boundary.rest;
