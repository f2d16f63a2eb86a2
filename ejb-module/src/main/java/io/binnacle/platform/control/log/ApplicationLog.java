package io.binnacle.platform.control.log;

import io.binnacle.platform.control.BuildInfo;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Takes over the log of {@code io.binnacle} before anything else starts. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class ApplicationLog {
  /** Held, because a logger that nobody holds loses its handlers. */
  private static final Logger LOGGER = Logger.getLogger("io.binnacle");

  private static final String FILE_NAME = "binnacle.log";

  @Inject
  @ConfigProperty(name = "binnacle.log.level", defaultValue = "INFO")
  String level;

  @Inject
  @ConfigProperty(name = "binnacle.log.format", defaultValue = "plain")
  String format;

  @Inject
  @ConfigProperty(name = "binnacle.log.console", defaultValue = "true")
  boolean console;

  @Inject
  @ConfigProperty(name = "binnacle.log.dir")
  String directory;

  @Inject
  @ConfigProperty(name = "binnacle.log.file.max-bytes", defaultValue = "10485760")
  long maxBytes;

  @Inject
  @ConfigProperty(name = "binnacle.log.file.backups", defaultValue = "10")
  int backups;

  @Inject
  @ConfigProperty(name = "binnacle.log.queue.entries", defaultValue = "8192")
  int queueEntries;

  @Inject Clock clock;

  private RotatingFile file;
  private AsynchronousHandler handler;

  /** For the container, which calls {@link #begin} next. */
  @SuppressWarnings("NullAway.Init")
  public ApplicationLog() {}

  @PostConstruct
  void begin() {
    LogLevel shown = LogLevel.named(level);
    boolean json = isJson();
    try {
      file = new RotatingFile(Path.of(directory, FILE_NAME), maxBytes, backups);
    } catch (IOException e) {
      throw new UncheckedIOException("The log can't be written in " + directory, e);
    }
    Map<LogSink, EntryFormat> sinks = new LinkedHashMap<>();
    sinks.put(file::write, json ? EntryFormat.JSON : EntryFormat.FILE);
    if (console) {
      // Not System.out: Liberty would copy every line into its own log.
      FileOutputStream out = new FileOutputStream(FileDescriptor.out);
      sinks.put(out::write, json ? EntryFormat.JSON : EntryFormat.CONSOLE);
    }
    handler = new AsynchronousHandler(queueEntries, sinks, clock);
    // On the handler: Open Liberty gives each logger a level of its own, from server.xml.
    handler.setLevel(shown.threshold());
    LOGGER.setUseParentHandlers(false);
    LOGGER.addHandler(handler);
    BuildInfo build = BuildInfo.current();
    LOGGER.info("Binnacle " + build.version() + ", commit " + build.commit() + ", is starting");
  }

  private boolean isJson() {
    String name = format.strip().toLowerCase(Locale.ROOT);
    if (!name.equals("json") && !name.equals("plain")) {
      throw new IllegalArgumentException(
          "binnacle.log.format is '" + format + "'; use plain or json");
    }
    return name.equals("json");
  }

  @PreDestroy
  void end() {
    LOGGER.info("Binnacle has stopped");
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
    handler.close();
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
