/** Who may do what: callers, rights, roles and the scope that opens a project's data. */
@org.jspecify.annotations.NullMarked
package io.binnacle.security.entity;
