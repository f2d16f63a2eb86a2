package io.binnacle.projects.boundary.faces;

import io.binnacle.platform.boundary.faces.PageAction;
import io.binnacle.platform.boundary.faces.Route;
import io.binnacle.platform.entity.ProblemException;
import io.binnacle.platform.entity.SeenVersions;
import io.binnacle.projects.control.ProjectCatalog;
import io.binnacle.projects.entity.ProjectSummary;
import io.binnacle.security.control.CurrentCaller;
import io.binnacle.security.entity.Right;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long the project that the address names keeps its logs. An empty field sets no limit. */
@Named("retention")
@RequestScoped
public class RetentionBacking {
  /** What people type is in mebibytes; what is stored is in bytes. */
  private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1 << 20);

  private static final long MOST_MEBIBYTES = Long.MAX_VALUE >> 20;

  @Inject ProjectCatalog projects;
  @Inject CurrentCaller caller;
  @Inject Route route;

  private String days = "";
  private String size = "";
  private String streamSize = "";
  private long version;

  @PostConstruct
  void read() {
    if (route.name("project").isEmpty()) {
      return;
    }
    ProjectSummary project = projects.get(caller.get(), route.name("project"), Right.READ);
    Integer kept = project.retentionDays();
    days = kept == null ? "" : kept.toString();
    size = mebibytes(project.retentionBytes());
    streamSize = mebibytes(project.streamBytes());
    version = project.version();
  }

  /** Takes the limits of the form. */
  public void change() {
    if (PageAction.attempt(this::store)) {
      PageAction.goTo(route.address() + "?saved=retention");
    }
  }

  private void store() {
    projects.change(
        caller.get(),
        route.name("project"),
        SeenVersions.of(version),
        before ->
            before.keeping(
                days("days", days),
                bytes("size", size, before.retentionBytes()),
                bytes("stream_size", streamSize, before.streamBytes())));
  }

  /**
   * What a size means.
   *
   * @param shown the bytes that the page showed, rounded; they stay when the text is still the same
   */
  static @Nullable Long bytes(String field, String text, @Nullable Long shown) {
    return text.strip().equals(mebibytes(shown)) ? shown : bytes(field, text);
  }

  private static @Nullable Long bytes(String field, String text) {
    BigDecimal number = number(field, text);
    if (number == null) {
      return null;
    }
    BigDecimal bytes = number.multiply(MEBIBYTE);
    requireWithin(field, bytes, Long.MAX_VALUE, "A number from 0.000001 to " + MOST_MEBIBYTES);
    return bytes.setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  private static @Nullable BigDecimal number(String field, String text) {
    if (text.isBlank()) {
      return null;
    }
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw ProblemException.field(field, "Not a number: " + text.strip());
    }
  }

  static @Nullable Integer days(String field, String text) {
    BigDecimal number = number(field, text);
    if (number == null) {
      return null;
    }
    String range = "A whole number from 1 to " + Integer.MAX_VALUE;
    requireWithin(field, number, Integer.MAX_VALUE, range);
    if (number.stripTrailingZeros().scale() > 0) {
      throw needed(field, range);
    }
    return number.intValueExact();
  }

  /** Before anything else: a number of few characters may have millions of digits. */
  private static void requireWithin(String field, BigDecimal number, long highest, String range) {
    if (number.compareTo(BigDecimal.ONE) < 0 || number.compareTo(BigDecimal.valueOf(highest)) > 0) {
      throw needed(field, range);
    }
  }

  private static ProblemException needed(String field, String what) {
    return ProblemException.field(field, what + " is needed, or nothing at all.");
  }

  private static String mebibytes(@Nullable Long bytes) {
    return bytes == null
        ? ""
        : BigDecimal.valueOf(bytes)
            .divide(MEBIBYTE, 3, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
  }

  /** What goes by the limits that hold. */
  public String getEffect() {
    return effect(days, size, streamSize);
  }

  static String effect(String days, String size, String streamSize) {
    List<String> going = new ArrayList<>();
    if (!days.isEmpty()) {
      going.add(days.equals("1") ? "older than a day" : "older than " + days + " days");
    }
    if (!size.isEmpty()) {
      going.add("beyond " + size + " MiB of all logs together");
    }
    if (!streamSize.isEmpty()) {
      going.add("beyond " + streamSize + " MiB of one stream");
    }
    return going.isEmpty()
        ? "Logs are kept for ever."
        : "Lines "
            + String.join(" or ", going)
            + " go with the next round of retention, by default within a minute.";
  }

  /** Days; empty for ever. */
  public String getDays() {
    return days;
  }

  public void setDays(String days) {
    this.days = days;
  }

  /** Mebibytes of all logs of the project; empty for no limit. */
  public String getSize() {
    return size;
  }

  public void setSize(String size) {
    this.size = size;
  }

  /** Mebibytes of one stream; empty for no limit. */
  public String getStreamSize() {
    return streamSize;
  }

  public void setStreamSize(String streamSize) {
    this.streamSize = streamSize;
  }

  /** The version that the reader saw. */
  public long getVersion() {
    return version;
  }

  public void setVersion(long version) {
    this.version = version;
  }
}
