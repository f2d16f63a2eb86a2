package io.binnacle.metrics.control;

/**
 * A point that was not stored, while the others were.
 *
 * @param index its place in the request, from 0
 * @param code stable, snake_case
 * @param detail for a person
 */
public record RefusedPoint(int index, String code, String detail) {}
