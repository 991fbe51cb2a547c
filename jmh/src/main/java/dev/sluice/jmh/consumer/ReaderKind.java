package dev.sluice.jmh.consumer;

import java.util.Locale;

/** Who reads the stream. */
enum ReaderKind {
  /** The consumer: enriches. */
  OURS("dev.sluice.consumer.ConsumerMain"),
  /** The neighbour: compresses the records as they are. */
  RAW("dev.sluice.jmh.consumer.RawConsumer");

  private final String mainClass;

  ReaderKind(String mainClass) {
    this.mainClass = mainClass;
  }

  String mainClass() {
    return mainClass;
  }

  /** The name in results, such as {@code ours}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
