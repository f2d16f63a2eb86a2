package io.binnacle.projects.entity;

import java.time.Instant;

/** A service as it is read. */
public record ServiceSummary(String id, String projectId, String name, Instant createdAt) {}
