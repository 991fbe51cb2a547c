package dev.sluice.functions.fanout;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.functions.fanout.alerts.AlertsMode;
import dev.sluice.functions.fanout.enrich.EnrichMode;
import dev.sluice.functions.fanout.enrich.EnrichSettings;
import dev.sluice.functions.fanout.enrich.StreamLines;
import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.functions.fanout.metrics.MetricsMode;
import dev.sluice.functions.fanout.sending.Attempts;
import dev.sluice.functions.fanout.sending.PartialCalls;
import dev.sluice.functions.fanout.sending.Pause;
import dev.sluice.invocation.InvocationLine;
import dev.sluice.invocation.TimeLeft;
import dev.sluice.lookups.OpenEnricher;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Opens what the function's mode needs, and nothing else. */
final class Modes {
  private Modes() {}

  /**
   * Opens files and clients.
   *
   * @param lines takes log lines without line end, from several threads
   */
  static BatchMode open(
      FanOutFunctionSettings settings, Consumer<String> lines, InstantSource clock) {
    var enricher =
        new OpenEnricher(
            new OpenEnricher.Wanted(
                settings.enricher(),
                settings.lookups(),
                settings.remoteDatabases(),
                settings.reloadInterval()),
            AwsClients.ofEnricher(),
            clock,
            lines);
    try {
      // Seeded when it is used: a seed in a snapshot would be the same in all that start from it.
      RandomGenerator random = () -> new SecureRandom().nextLong();
      var attempts = new Attempts(settings.sendMaxAttempts(), Pause.SLEEP, random);
      LineWork work = LineWork.of(new BatchEnricher(enricher.newLineEnricher()));
      BatchMode mode =
          switch (settings.fanOut().mode()) {
            case ENRICH -> enrich(settings.enrich(), work, attempts, random);
            case ALERTS -> alerts(settings, work, attempts, clock);
            case METRICS ->
                new MetricsMode(
                    settings.fanOut().decisions(),
                    settings.fanOut().namespace(),
                    work,
                    lines,
                    clock);
          };
      return inEnvironment(mode, enricher);
    } catch (RuntimeException cannotOpen) {
      enricher.close();
      throw cannotOpen;
    }
  }

  private static BatchMode alerts(
      FanOutFunctionSettings settings, LineWork work, Attempts attempts, InstantSource clock) {
    return AlertsMode.open(
        settings.fanOut().decisions(),
        settings.enrich().application(),
        work,
        AwsClients.state(),
        settings.stateTable(),
        AwsClients.sns(),
        settings.fanOut().topicArn(),
        attempts,
        clock);
  }

  private static BatchMode enrich(
      EnrichSettings settings, LineWork work, Attempts attempts, RandomGenerator random) {
    Optional<StreamLines> stream =
        settings.stream().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new StreamLines(
                    AwsClients.records(settings.stream()),
                    settings.partitionKey(),
                    settings.maxRecordBytes(),
                    new PartialCalls(attempts),
                    random));
    return new EnrichMode(
        settings,
        work,
        AwsClients.objects(settings.bucket(), settings.s3PathStyle()),
        stream,
        attempts);
  }

  /** Looks at the databases before a batch; tells their age, and what became of look-ups. */
  private static BatchMode inEnvironment(BatchMode mode, OpenEnricher enricher) {
    return (StreamBatch batch, TimeLeft time, InvocationLine line) -> {
      enricher.reloadWhenDue();
      enricher.databaseAge().ifPresent(age -> line.value("geoip_database_age_days", age.toDays()));
      BatchMode.Done done = mode.process(batch, time, line);
      enricher.lookupsSinceLast().forEach(line::count);
      return done;
    };
  }
}
