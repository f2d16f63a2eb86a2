/** What every feature speaks: pages, problems, times, cursors. */
@org.jspecify.annotations.NullMarked
package io.binnacle.platform.entity;
