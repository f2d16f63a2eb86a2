package io.binnacle.logs.control.ingest;

/**
 * A line of a batch that was not stored, while the others were.
 *
 * @param index its place in the batch, from 0
 * @param code stable, snake_case
 * @param detail for a person
 */
public record RefusedLine(int index, String code, String detail) {}
