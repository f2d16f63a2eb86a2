package io.binnacle.bench;

/**
 * One line of the report.
 *
 * @param work what was done
 * @param measured what came out
 * @param goal what is to be reached, or the empty string
 * @param limit the machine's limit or a peer, or the empty string
 */
public record Row(String work, String measured, String goal, String limit) {}
