package io.binnacle.logs.entity;

/**
 * What a log belongs to.
 *
 * @param id the 64-bit key; unique over all kinds
 */
public record LogOwner(OwnerKind kind, long id) {}
