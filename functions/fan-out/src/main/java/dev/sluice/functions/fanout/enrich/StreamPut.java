package dev.sluice.functions.fanout.enrich;

import java.util.List;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** One call of {@code PutRecords}. */
@FunctionalInterface
public interface StreamPut {
  /**
   * Sends the entries once.
   *
   * @return for each entry, in order, why it was refused; null for what was taken
   */
  List<String> errorCodes(List<PutRecordsRequestEntry> entries);
}
