package io.binnacle.security.control;

/** Something changed that callers stand on: a user, a key, a session or a membership. */
public record SecurityChanged() {}
