package dev.sluice.consumer.sinks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;

/** Which entries of a call were refused, as {@link BatchService#refused} tells it. */
public final class EntryAnswers {
  /** An answer that says nothing of an entry: it goes again. */
  private static final String NONE = "no answer for the entry";

  private EntryAnswers() {}

  /**
   * For an answer in the order of the entries.
   *
   * @param errorCodes null for what was taken
   */
  static Map<Integer, String> inOrder(int entries, List<String> errorCodes) {
    var refused = new HashMap<Integer, String>();
    for (int i = 0; i < entries; i++) {
      String code = i < errorCodes.size() ? errorCodes.get(i) : NONE;
      if (code != null) {
        refused.put(i, code);
      }
    }
    return refused;
  }

  /**
   * For an answer of SQS, where each entry's id is its index.
   *
   * @param taken ids
   */
  public static Map<Integer, String> byId(
      int entries, List<BatchResultErrorEntry> failed, Stream<String> taken) {
    var refused = new HashMap<Integer, String>();
    for (int i = 0; i < entries; i++) {
      refused.put(i, NONE);
    }
    failed.forEach(entry -> refused.put(Integer.valueOf(entry.id()), entry.code()));
    taken.forEach(id -> refused.remove(Integer.valueOf(id)));
    return refused;
  }
}
