package dev.sluice.consumer.sinks;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * One call of a service that may take a part of what it is given. Thread-safe.
 *
 * @param <T> an entry of the call
 */
public interface BatchService<T> {
  /** The call, such as {@code PutRecords}. */
  String operation();

  /** What it writes to, for messages, such as {@code stream enriched}. */
  String target();

  BatchLimits limits();

  /** Bytes of an entry as the service counts them, or a little more. */
  int bytes(T entry);

  /**
   * Sends the entries once.
   *
   * @return why an entry was refused, by its index; the others are taken for certain
   * @throws SdkException if nobody knows what became of them
   */
  Map<Integer, String> refused(List<T> entries);
}
