package dev.sluice.lookups;

import java.util.List;
import java.util.function.BiConsumer;

/** Somebody who knows things by key. Called by several threads at a time. */
interface KeySource extends AutoCloseable {
  /** The name in metrics and logs. */
  String name();

  /** Most keys of one call. */
  int maxKeysPerCall();

  /** Most calls at a time. */
  int maxCallsInFlight();

  /**
   * Asks for some keys. A key that no answer is told for has none before the deadline.
   *
   * @param keys distinct, from one to {@link #maxKeysPerCall()}
   * @param answers takes the answer to each key as it comes
   * @throws SourceFailedException if the source as a whole is in trouble
   */
  void ask(List<String> keys, Deadline deadline, BiConsumer<String, Answer> answers)
      throws SourceFailedException;

  @Override
  void close();
}
