package dev.sluice.consumer;

import io.micrometer.cloudwatch2.CloudWatchConfig;
import io.micrometer.cloudwatch2.CloudWatchMeterRegistry;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;

/**
 * Where the meters of a consumer go: to Prometheus' page always, to CloudWatch by setting. Counters
 * reach CloudWatch as the increase of each interval. A sending that fails is logged by Micrometer
 * and not repeated; nothing waits for it.
 */
final class ConsumerMeters implements AutoCloseable {
  /**
   * Meters that CloudWatch gets at most: each one costs money. Those of single shards it never
   * gets.
   */
  static final int MAX_CLOUDWATCH_METERS = 200;

  /** Of a tag that tells shards apart. */
  private static final String SHARD = "shard";

  /** Longest wait for the last sending, during a stop. */
  private static final Duration SEND_WAIT = Duration.ofSeconds(2);

  private final PrometheusMeterRegistry prometheus =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Optional<CloudWatchAsyncClient> client;
  private final Optional<CloudWatchMeterRegistry> cloudWatch;
  private final MeterRegistry all;

  /**
   * @param newClient called once if CloudWatch is wanted
   */
  ConsumerMeters(OperationSettings settings, Supplier<CloudWatchAsyncClient> newClient) {
    client = settings.cloudWatch() ? Optional.of(newClient.get()) : Optional.empty();
    cloudWatch =
        client.map(
            each -> {
              var registry = new CloudWatchMeterRegistry(config(settings), Clock.SYSTEM, each);
              registry
                  .config()
                  .meterFilter(MeterFilter.deny(id -> id.getTag(SHARD) != null))
                  .meterFilter(MeterFilter.maximumAllowableMetrics(MAX_CLOUDWATCH_METERS));
              return registry;
            });
    all =
        cloudWatch
            .<MeterRegistry>map(
                registry -> new CompositeMeterRegistry().add(prometheus).add(registry))
            .orElse(prometheus);
  }

  private static CloudWatchConfig config(OperationSettings settings) {
    return new CloudWatchConfig() {
      @Override
      public String get(String key) {
        return null;
      }

      @Override
      public String namespace() {
        return settings.cloudWatchNamespace();
      }

      @Override
      public Duration step() {
        return settings.cloudWatchInterval();
      }
    };
  }

  /** Where everything is counted. */
  MeterRegistry all() {
    return all;
  }

  /** What {@code /metrics} shows. */
  PrometheusMeterRegistry prometheus() {
    return prometheus;
  }

  /** Sends what CloudWatch has not had yet, and nothing more from then on. */
  void sendLast() {
    cloudWatch.ifPresent(
        registry -> {
          var thread = new Thread(registry::close, "consumer-last-meters");
          thread.setDaemon(true);
          thread.start();
          try {
            thread.join(SEND_WAIT.toMillis());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Override
  public void close() {
    sendLast();
    client.ifPresent(CloudWatchAsyncClient::close);
    prometheus.close();
  }
}
