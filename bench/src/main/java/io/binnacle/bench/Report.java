package io.binnacle.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects rows, shows each as it comes, and prints them at the end as a Markdown table. */
public final class Report {
  private static final Row HEAD = new Row("work", "measured", "goal", "limit or peer");
  private final PrintStream out;
  private final List<Row> rows = new ArrayList<>();

  /** A report onto a stream. */
  public Report(PrintStream out) {
    this.out = out;
  }

  /** Adds a row. */
  public void add(String work, String measured, String goal, String limit) {
    rows.add(new Row(work, measured, goal, limit));
    out.printf("  %s: %s%n", work, measured);
  }

  /** Says what happens now. */
  public void progress(String what) {
    out.println("> " + what);
  }

  /** Prints the table. */
  public void print() {
    int[] widths = {HEAD.work().length(), HEAD.measured().length(), HEAD.goal().length(), 0};
    rows.forEach(row -> widen(widths, row));
    widen(widths, HEAD);
    out.println();
    out.println(line(HEAD, widths));
    out.println(
        "|"
            + "-".repeat(widths[0] + 2)
            + "|"
            + "-".repeat(widths[1] + 2)
            + "|"
            + "-".repeat(widths[2] + 2)
            + "|"
            + "-".repeat(widths[3] + 2)
            + "|");
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private static void widen(int[] widths, Row row) {
    List<String> cells = cells(row);
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], cells.get(i).length());
    }
  }

  private static String line(Row row, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    List<String> cells = cells(row);
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      line.append(' ').append(cell).append(" ".repeat(widths[i] - cell.length())).append(" |");
    }
    return line.toString();
  }

  private static List<String> cells(Row row) {
    return List.of(row.work(), row.measured(), row.goal(), row.limit());
  }

  /** A count in few characters: 812, 35.1k, 1.25M. */
  public static String count(double number) {
    if (number >= 999_500) {
      return String.format(Locale.ROOT, "%.2fM", number / 1e6);
    }
    if (number >= 10_000) {
      return String.format(Locale.ROOT, "%.0fk", number / 1e3);
    }
    return number >= 1000
        ? String.format(Locale.ROOT, "%.1fk", number / 1e3)
        : String.format(Locale.ROOT, "%.0f", number);
  }

  /** Milliseconds with two decimals below 10, otherwise with fewer. */
  public static String millis(double millis) {
    return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.0f ms", millis);
  }

  /** A number with decimals, the same in every locale. */
  public static String decimal(double number, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }
}
