package dev.sluice.cli.demo;

import dev.sluice.consumer.ConsumerApplication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** The four applications of the pipeline, each a consumer of its own. */
final class PipelineConsumers implements AutoCloseable {

  private final Map<String, DemoConsumer> byName = new LinkedHashMap<>();

  private PipelineConsumers() {}

  static PipelineConsumers start(DemoStack stack, PipelineSettings settings) {
    var consumers = new PipelineConsumers();
    try {
      for (Map<String, String> each :
          List.of(settings.basic(), settings.alerts(), settings.metrics(), settings.advanced())) {
        consumers.byName.put(each.get("APPLICATION_NAME"), DemoConsumer.start(stack, each));
      }
    } catch (RuntimeException cannotStart) {
      consumers.close();
      throw cannotStart;
    }
    return consumers;
  }

  private DemoConsumer named(String name) {
    return byName.get(name);
  }

  private boolean areRunning() {
    return byName.values().stream().allMatch(DemoConsumer::isRunning);
  }

  /**
   * Waits until each reads all shards. A window of alerts waits for the shards that are read, so a
   * shard that is opened only after it counts for nothing there.
   */
  void awaitShards() {
    byName.forEach(
        (name, consumer) ->
            DemoWait.until(
                " shards read by " + name,
                DemoStack.SHARDS,
                consumer::openShards,
                consumer::isRunning,
                () -> {}));
  }

  /**
   * Waits until every application is through.
   *
   * @param sent lines in the first stream
   */
  void awaitAll(long sent, Runnable show) {
    for (String name :
        List.of(PipelineSettings.BASIC, PipelineSettings.ALERTS, PipelineSettings.METRICS)) {
      DemoWait.until(
          " lines through " + name, sent, named(name)::countedLines, this::areRunning, show);
    }
    // Lines go into the second stream before they are counted by the first stage.
    DemoWait.until(
        " lines through " + PipelineSettings.ADVANCED,
        named(PipelineSettings.BASIC).count("SinkLines", "kinesis"),
        named(PipelineSettings.ADVANCED)::countedLines,
        this::areRunning,
        show);
  }

  /** Waits until so many alerts are told; a worker decides only a while after it has its shards. */
  void awaitAlerts(int due, LongSupplier told) {
    DemoWait.until(" alerts", due, told, this::areRunning, () -> {});
  }

  /** How far each is. */
  String progress(long sent) {
    return String.format(
        Locale.ROOT,
        "%,d lines sent; stage 1 %,d, alerts %,d, metrics %,d, stage 2 %,d",
        sent,
        named(PipelineSettings.BASIC).countedLines(),
        named(PipelineSettings.ALERTS).countedLines(),
        named(PipelineSettings.METRICS).countedLines(),
        named(PipelineSettings.ADVANCED).countedLines());
  }

  /**
   * Stops all gracefully.
   *
   * @return a sentence for each that did not end well
   */
  List<String> stop() {
    byName.values().forEach(DemoConsumer::requestStop);
    var found = new ArrayList<String>();
    byName.forEach(
        (name, consumer) -> {
          int exitCode = consumer.stop();
          if (exitCode != ConsumerApplication.EXIT_OK) {
            found.add(name + " ended with exit code " + exitCode);
          }
        });
    return found;
  }

  @Override
  public void close() {
    byName.values().forEach(DemoConsumer::requestStop);
    byName.values().forEach(DemoConsumer::close);
  }
}
