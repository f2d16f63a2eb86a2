package io.binnacle.bench.work;

import io.binnacle.bench.Report;

/** Figures of one benchmark that later ones are compared with; 0 = not measured in this run. */
public final class Facts {
  private double scanBytesPerSecond;
  private double rowsPerSecond;
  private double burstLinesPerSecond;

  /** The rate of zstd decode and scan on one core. */
  public void scanBytesPerSecond(double rate) {
    scanBytesPerSecond = rate;
  }

  void rowsPerSecond(double rate) {
    rowsPerSecond = rate;
  }

  void burstLinesPerSecond(double rate) {
    burstLinesPerSecond = Math.max(burstLinesPerSecond, rate);
  }

  double burstLinesPerSecond() {
    return burstLinesPerSecond;
  }

  /** How a rate stands to the row-per-line table of the same run. */
  String againstRows(double linesPerSecond) {
    if (rowsPerSecond == 0) {
      return "";
    }
    double ratio = linesPerSecond / rowsPerSecond;
    return "rows " + Report.count(rowsPerSecond) + "/s (" + Report.decimal(ratio, 1) + "×)";
  }

  /** How long a scan of so much text takes at the machine's limit. */
  String scanLimit(double textBytes) {
    if (scanBytesPerSecond == 0) {
      return "";
    }
    return Report.millis(textBytes / scanBytesPerSecond * 1e3) + " to decode and scan, one core";
  }
}
