/**
 * Who may do what: authentication, access to projects, users, keys, sessions and the audit trail.
 */
@org.jspecify.annotations.NullMarked
package io.binnacle.security.control;
