package dev.sluice.consumer;

import dev.sluice.enricher.DatabaseInUse;
import dev.sluice.enricher.DatabaseReload;
import dev.sluice.enricher.Enricher;
import dev.sluice.lookups.database.DatabaseFetch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the files of the GeoIP2 databases: a changed one is opened anew while lines flow, the
 * age of each is a gauge. One daemon thread, and one look at a time.
 */
final class DatabaseReloads implements AutoCloseable {
  /**
   * Counter with the tag {@code result}: {@code reloaded}, {@code refused}, {@code not_fetched},
   * {@code failed}.
   */
  static final String RELOADS = "sluice.geoip.reloads";

  /**
   * Seconds since a database was built, with the tag {@code database}: {@code city}, {@code asn}.
   */
  static final String AGE = "sluice.geoip.database.age";

  /** Days since the oldest database was built, without a tag, for an alarm. */
  static final String AGE_DAYS_MAX = "GeoIpDatabaseAgeDaysMax";

  private static final double SECONDS_OF_A_DAY = Duration.ofDays(1).toSeconds();

  private static final Logger LOG = LoggerFactory.getLogger("dev.sluice.consumer");

  private final Enricher enricher;
  private final DatabaseFetch remote;
  private final MeterRegistry meters;
  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, DatabaseReloads::daemon);

  /**
   * @param remote brings new files of databases that lie elsewhere
   */
  DatabaseReloads(
      Enricher enricher, DatabaseFetch remote, MeterRegistry meters, InstantSource clock) {
    this.enricher = enricher;
    this.remote = remote;
    this.meters = meters;
    this.clock = clock;
    for (DatabaseInUse database : enricher.databases()) {
      Gauge.builder(AGE, () -> ageSeconds(database.name()))
          .tag("database", database.name())
          .baseUnit("seconds")
          .register(meters);
    }
    if (!enricher.databases().isEmpty()) {
      Gauge.builder(AGE_DAYS_MAX, this::oldestAgeDays).register(meters);
    }
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "consumer-databases");
    thread.setDaemon(true);
    return thread;
  }

  private double ageSeconds(String name) {
    return enricher.databases().stream()
        .filter(database -> database.name().equals(name))
        .mapToDouble(
            database -> Duration.between(database.buildTime(), clock.instant()).toSeconds())
        .findFirst()
        .orElse(Double.NaN);
  }

  private double oldestAgeDays() {
    return DatabaseInUse.oldestAge(enricher.databases(), clock.instant())
        .map(age -> age.toSeconds() / SECONDS_OF_A_DAY)
        .orElse(Double.NaN);
  }

  /** Looks again and again, {@code interval} after the end of the look before. */
  void start(Duration interval) {
    if (!enricher.databases().isEmpty()) {
      timer.scheduleWithFixedDelay(
          this::look, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Looks at each file once, and opens what has changed. */
  void look() {
    try {
      remote.fetchChanged().forEach(this::reportTrouble);
      enricher.reloadIfChanged().forEach(this::report);
    } catch (RuntimeException | Error e) { // thrown on, it would end all further looks unseen
      count("failed");
      LOG.error("looking for new databases failed, the old ones stay in use", e);
    }
  }

  private void reportTrouble(String trouble) {
    count("not_fetched");
    LOG.warn("database not fetched, the old one stays in use: {}", trouble);
  }

  private void report(DatabaseReload reload) {
    if (reload.refusal().isEmpty()) {
      count("reloaded");
      LOG.info("{} database {}: reloaded", reload.name(), reload.file());
    } else {
      count("refused");
      LOG.warn(
          "{} database not reloaded, the old one stays in use: {}",
          reload.name(),
          reload.refusal().get());
    }
  }

  private void count(String result) {
    meters.counter(RELOADS, "result", result).increment();
  }

  /** Ends a look that is going on, or lets it end by itself; none begins any more. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
