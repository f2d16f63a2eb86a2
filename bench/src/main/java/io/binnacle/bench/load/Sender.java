package io.binnacle.bench.load;

/**
 * Who a connection speaks for.
 *
 * @param logsPath path of the run's or service's logs, {@code /api/v1/runs/…/logs}
 * @param stream name of the process
 * @param clientId the id under which its batches are numbered
 */
public record Sender(String logsPath, String stream, String clientId) {}
