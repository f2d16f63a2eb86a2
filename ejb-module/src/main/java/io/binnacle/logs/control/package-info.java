/**
 * What the parts of logs share: who may work on which log, what levels mean, a line as JSON, and
 * the news of commits and of cleared logs. The parts are {@code ingest}, {@code read}, {@code tail}
 * and {@code upkeep}; nothing here depends on them.
 */
@org.jspecify.annotations.NullMarked
package io.binnacle.logs.control;
