/**
 * Binnacle's own log: one file and one console format, its levels and its rotation, written by a
 * thread of its own. Liberty's log knows neither those levels nor those formats.
 */
@org.jspecify.annotations.NullMarked
package io.binnacle.platform.control.log;
