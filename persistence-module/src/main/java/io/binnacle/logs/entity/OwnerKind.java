package io.binnacle.logs.entity;

/** What a log stream may belong to. */
public enum OwnerKind {
  RUN,
  SERVICE,
  BUILD
}
