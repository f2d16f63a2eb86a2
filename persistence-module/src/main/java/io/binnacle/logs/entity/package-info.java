/** What a log is: streams and their owners, lines, and the columns in which lines travel. */
@org.jspecify.annotations.NullMarked
package io.binnacle.logs.entity;
