package io.binnacle.logs.entity;

/**
 * A stream with its description, which is read only where it is asked for: those of all streams of
 * a run may take megabytes.
 */
public record DescribedStream(LogStream stream, StreamDescription description) {}
