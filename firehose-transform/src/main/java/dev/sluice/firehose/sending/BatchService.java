package dev.sluice.firehose.sending;

import java.util.BitSet;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/** One call of a service that may take a part of what it is given. */
public interface BatchService<T> {
  BatchLimits limits();

  /** Bytes of an entry as the service counts them, or a little more. */
  int bytes(T entry);

  /**
   * Sends the entries once.
   *
   * @return those that were refused, by their index; the others are taken for certain
   * @throws SdkException if nobody knows what became of them
   */
  BitSet refused(List<T> entries);
}
