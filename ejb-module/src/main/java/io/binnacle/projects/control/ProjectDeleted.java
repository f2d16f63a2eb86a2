package io.binnacle.projects.control;

/** That a project was deleted; fired in the deleting transaction. */
public record ProjectDeleted(long projectId) {}
