package io.binnacle.bench.work;

import io.binnacle.bench.Report;
import java.util.ArrayList;
import java.util.List;

/** Figures of one benchmark that later ones are compared with; 0 = not measured in this run. */
public final class Facts {
  private double scanBytesPerSecond;
  private double rowsPerSecond;
  private double storeLinesPerSecond;
  private double burstLinesPerSecond;

  /** The rate of zstd decode and scan on one core. */
  public void scanBytesPerSecond(double rate) {
    scanBytesPerSecond = rate;
  }

  void rowsPerSecond(double rate) {
    rowsPerSecond = rate;
  }

  void storeLinesPerSecond(double rate) {
    storeLinesPerSecond = rate;
  }

  void burstLinesPerSecond(double rate) {
    burstLinesPerSecond = Math.max(burstLinesPerSecond, rate);
  }

  double burstLinesPerSecond() {
    return burstLinesPerSecond;
  }

  /** How a rate stands to the store alone and to the row-per-line table of the same run. */
  String peers(double linesPerSecond) {
    List<String> peers = new ArrayList<>();
    if (storeLinesPerSecond > 0) {
      double share = 100 * linesPerSecond / storeLinesPerSecond;
      peers.add(
          "store " + Report.count(storeLinesPerSecond) + " (" + Report.decimal(share, 0) + " %)");
    }
    if (rowsPerSecond > 0) {
      double ratio = linesPerSecond / rowsPerSecond;
      peers.add("rows " + Report.count(rowsPerSecond) + " (" + Report.decimal(ratio, 1) + "×)");
    }
    return String.join(", ", peers);
  }

  /** How long a scan of so much text takes at the machine's limit. */
  String scanLimit(double textBytes) {
    if (scanBytesPerSecond == 0) {
      return "";
    }
    return Report.millis(textBytes / scanBytesPerSecond * 1e3) + " to decode and scan, one core";
  }
}
