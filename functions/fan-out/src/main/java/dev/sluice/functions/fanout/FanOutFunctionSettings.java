package dev.sluice.functions.fanout;

import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import dev.sluice.fanout.FanOutConfig;
import dev.sluice.fanout.FanOutMode;
import dev.sluice.functions.fanout.alerts.AlertBounds;
import dev.sluice.functions.fanout.enrich.EnrichSettings;
import dev.sluice.invocation.TimeLeft;
import dev.sluice.lookups.LookupSettings;
import dev.sluice.lookups.database.DatabaseLocations;
import dev.sluice.lookups.database.RemoteDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the function needs to know, read once for each execution environment. Keys that the consumer
 * has too mean the same. Endpoints, region and credentials are not among it: the AWS SDK finds them
 * by its own rules.
 *
 * @param fanOut the mode, and what the modes besides enrich need
 * @param enricher its GeoIP2 databases are files, also where they have to be fetched first
 * @param remoteDatabases what has to be fetched from S3
 * @param reloadInterval time between two looks whether a database file has changed
 * @param lookups nothing in the modes besides enrich
 * @param stateTable of the mode alerts; empty in the others
 * @param sendMaxAttempts of every call to a service, the first one included
 * @param timeReserve no record is begun with less time left
 * @param metricsNamespace of the log line's numbers; empty without metrics
 */
public record FanOutFunctionSettings(
    FanOutConfig fanOut,
    EnricherSettings enricher,
    List<RemoteDatabase> remoteDatabases,
    Duration reloadInterval,
    Optional<LookupSettings> lookups,
    EnrichSettings enrich,
    String stateTable,
    int sendMaxAttempts,
    Duration timeReserve,
    Optional<String> metricsNamespace) {

  static final Duration DEFAULT_RELOAD_INTERVAL = Duration.ofMinutes(5);
  static final int DEFAULT_SEND_MAX_ATTEMPTS = 5;
  private static final int MAX_SEND_ATTEMPTS = 20;
  private static final Duration MIN_RELOAD_INTERVAL = Duration.ofSeconds(1);
  private static final String STATE_TABLE = "ALERT_STATE_TABLE";
  private static final String RELOAD = "GEOIP_RELOAD_INTERVAL";

  /** Whether numbers of the log line are metrics. */
  private enum Metrics {
    OFF,
    EMF
  }

  /**
   * Reads the settings.
   *
   * @param function name of the function
   * @throws InvalidSettingsException with all problems together
   */
  public static FanOutFunctionSettings from(Settings s, String function) {
    EnricherSettings asked = EnricherSettings.from(s);
    FanOutConfig fanOut = bounded(s, FanOutConfig.from(s, asked));
    boolean writesLines = fanOut.mode() == FanOutMode.ENRICH;
    DatabaseLocations databases = DatabaseLocations.from(s);
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    LookupSettings lookups = LookupSettings.from(s, asked);
    boolean metrics = s.choice("METRICS", Metrics.class, Metrics.EMF) == Metrics.EMF;
    var read =
        new FanOutFunctionSettings(
            fanOut,
            databases.in(folder, writesLines ? withEventId(s, asked) : fanOut.enricher(asked)),
            databases.in(folder),
            reloadInterval(s),
            writesLines && !lookups.isOff() ? Optional.of(lookups) : Optional.empty(),
            EnrichSettings.from(s, function, writesLines),
            stateTable(s, fanOut.mode()),
            s.intBetween("SEND_MAX_ATTEMPTS", DEFAULT_SEND_MAX_ATTEMPTS, 1, MAX_SEND_ATTEMPTS),
            s.duration("TIME_RESERVE", TimeLeft.DEFAULT_RESERVE),
            metrics ? Optional.of(fanOut.namespace()) : Optional.empty());
    s.throwIfInvalid();
    return read;
  }

  private static FanOutConfig bounded(Settings s, FanOutConfig asked) {
    if (asked.mode() != FanOutMode.ALERTS) {
      return asked;
    }
    return new FanOutConfig(
        asked.mode(), asked.topicArn(), asked.namespace(), AlertBounds.of(s, asked.decisions()));
  }

  /** Both sinks are at least once, so every line has an id. */
  private static EnricherSettings withEventId(Settings s, EnricherSettings asked) {
    if (List.of(s.text("OMIT_FIELDS", "").split("\\s*,\\s*")).contains("event_id")) {
      s.problem("OMIT_FIELDS", "names event_id, which every sink of a function needs");
    }
    return asked.toBuilder().output(asked.output().withEventId()).build();
  }

  private static Duration reloadInterval(Settings s) {
    Duration interval = s.duration(RELOAD, DEFAULT_RELOAD_INTERVAL);
    if (interval.compareTo(MIN_RELOAD_INTERVAL) < 0) {
      s.problem(RELOAD, "is below " + MIN_RELOAD_INTERVAL.toSeconds() + "s");
    }
    return interval;
  }

  private static String stateTable(Settings s, FanOutMode mode) {
    Optional<String> table = s.text(STATE_TABLE);
    boolean needed = mode == FanOutMode.ALERTS;
    if (table.isPresent() != needed) {
      s.problem(
          STATE_TABLE,
          needed ? "is not set, but MODE is alerts" : "is set, but MODE is not alerts");
    }
    return table.orElse("");
  }

  /** Every key of the function itself; those of the enricher and of the look-ups come on top. */
  public static List<SettingKey> keys() {
    return FanOutFunctionKeys.ALL;
  }
}
