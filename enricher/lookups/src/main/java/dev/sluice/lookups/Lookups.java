package dev.sluice.lookups;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.enricher.LineLookups;
import dev.sluice.enricher.steps.RejectMask;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** The sources of a process, with their caches and circuit breakers. Thread-safe. */
public final class Lookups implements AutoCloseable {
  private final LookupSettings settings;
  private final KeyLookup pointers; // null when it is off
  private final KeyLookup items; // null when it is off
  private final ReferenceSource table; // null when it is off; what items asks
  private final Ticker ticker;

  private Lookups(
      LookupSettings settings,
      KeyLookup pointers,
      KeyLookup items,
      ReferenceSource table,
      Ticker ticker) {
    this.settings = settings;
    this.pointers = pointers;
    this.items = items;
    this.table = table;
    this.ticker = ticker;
  }

  /**
   * Opens what the settings ask for; nothing else is made, neither client nor thread.
   *
   * @param newClient begins a client of DynamoDB, with an HTTP client for calls that take no longer
   *     than told
   * @param newMask makes what texts go through that come from elsewhere: {@link
   *     dev.sluice.enricher.Enricher#newTextMask()}
   */
  public static Lookups open(
      LookupSettings settings,
      Function<Duration, DynamoDbClientBuilder> newClient,
      Supplier<RejectMask> newMask,
      LookupEvents events,
      RandomGenerator random) {
    return open(settings, newClient, newMask, events, random, Ticker.systemTicker(), Pause.SLEEP);
  }

  static Lookups open(
      LookupSettings settings,
      Function<Duration, DynamoDbClientBuilder> newClient,
      Supplier<RejectMask> newMask,
      LookupEvents events,
      RandomGenerator random,
      Ticker ticker,
      Pause pause) {
    KeyLookup pointers =
        settings
            .reverseDns()
            .map(
                dns ->
                    newLookup(
                        new PointerSource(dns, settings.deadline(), newMask.get()),
                        dns.cache(),
                        settings,
                        events,
                        ticker))
            .orElse(null);
    ReferenceSource table =
        settings
            .reference()
            .map(
                reference ->
                    new ReferenceSource(
                        client(newClient.apply(settings.deadline())),
                        reference,
                        newMask.get(),
                        pause,
                        random))
            .orElse(null);
    KeyLookup items =
        settings
            .reference()
            .map(reference -> newLookup(table, reference.cache(), settings, events, ticker))
            .orElse(null);
    return new Lookups(settings, pointers, items, table, ticker);
  }

  private static KeyLookup newLookup(
      KeySource source,
      CacheSettings cache,
      LookupSettings settings,
      LookupEvents events,
      Ticker ticker) {
    return new KeyLookup(
        source, cache, settings.breakerFailures(), settings.breakerPause(), events, ticker);
  }

  /** What fails is tried again by us. */
  private static DynamoDbClient client(DynamoDbClientBuilder builder) {
    return builder
        .overrideConfiguration(client -> client.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  /** The look-ups of a new line enricher. */
  public LineLookups newLineLookups() {
    return new BatchLookups(
        pointers,
        settings.reverseDns().map(ReverseDnsSettings::specialAddresses).orElse(false),
        items,
        settings.reference().map(ReferenceSettings::field).orElse(null),
        settings.deadline(),
        ticker);
  }

  /**
   * Asks the reference table once, if there is one: it shows whether it can be read at all, and the
   * first batch finds a connection.
   *
   * @throws SdkServiceException if the service refuses for good; a service that is away or slow is
   *     no reason
   */
  public void check(Duration atMost) {
    if (table != null) {
      table.check(Deadline.in(atMost, ticker));
    }
  }

  /** Counts of each source that is on. */
  public List<LookupCounts> counts() {
    return lookups().map(KeyLookup::counts).toList();
  }

  private Stream<KeyLookup> lookups() {
    return Stream.of(pointers, items).filter(Objects::nonNull);
  }

  /** Sources that are not asked at present. */
  public int openBreakers() {
    return (int) lookups().filter(KeyLookup::isBreakerOpen).count();
  }

  /**
   * Shows the counts as {@code LookupKeys} by source and result, {@code LookupCalls} by source, and
   * {@code LookupBreakersOpen}.
   */
  public void bindTo(MeterRegistry metrics) {
    for (LookupCounts counts : counts()) {
      for (LookupCounts.Result result : LookupCounts.Result.values()) {
        FunctionCounter.builder("LookupKeys", counts, each -> each.keys(result))
            .tag("source", counts.source())
            .tag("result", result.label())
            .register(metrics);
      }
      FunctionCounter.builder("LookupCalls", counts, LookupCounts::calls)
          .tag("source", counts.source())
          .register(metrics);
    }
    Gauge.builder("LookupBreakersOpen", this, Lookups::openBreakers).register(metrics);
  }

  /** Ends all calls; line look-ups then find nothing any more. */
  @Override
  public void close() {
    lookups().forEach(KeyLookup::close);
  }
}
