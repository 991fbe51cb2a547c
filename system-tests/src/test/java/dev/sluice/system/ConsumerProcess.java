package dev.sluice.system;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** A consumer in a process of its own. */
final class ConsumerProcess implements AutoCloseable {
  private static final Pattern OPENED = Pattern.compile("shardId-\\d+: opened");

  private final ChildProcess process;

  ConsumerProcess(ChildProcess process) {
    this.process = process;
  }

  /** Waits until it has taken over so many shards. */
  void awaitShards(int shards) {
    process.await(
        shards + " shards taken over",
        () -> OPENED.matcher(process.err()).results().count() >= shards);
  }

  void awaitFailpoint() {
    process.await("the failpoint reached", () -> process.out().contains(ArmedConsumer.REACHED));
  }

  /** Waits for something while the consumer runs. */
  void await(String what, BooleanSupplier condition) {
    process.await(what, condition);
  }

  /** Lets it run for a moment. */
  void letRun(Duration moment) {
    process.letRun(moment);
  }

  /** kill -9. */
  void kill() {
    process.kill();
  }

  /** SIGTERM, without waiting for the end. */
  void terminate() {
    process.terminate();
  }

  /** SIGTERM, then waits for the end. */
  int stop() {
    process.terminate();
    return process.exitCode();
  }

  /** Everything it printed. */
  String printed() {
    return process.printed();
  }

  @Override
  public void close() {
    process.close();
  }
}
