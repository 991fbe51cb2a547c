package dev.sluice.tweets;

import dev.sluice.invocation.InvocationLine;
import dev.sluice.tweets.message.MalformedReason;
import dev.sluice.tweets.message.StreamMessage.Control;
import dev.sluice.tweets.photo.PhotoFailure;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts of one batch. Thread-safe. */
final class BatchTally {
  private final Map<RecordOutcome, Integer> outcomes = new EnumMap<>(RecordOutcome.class);
  private final Map<Control.Kind, Integer> controls = new EnumMap<>(Control.Kind.class);
  private final Map<PhotoFailure, Integer> photoFailures = new EnumMap<>(PhotoFailure.class);
  private final Map<MalformedReason, Long> malformed = new EnumMap<>(MalformedReason.class);
  private int photosStored;
  private int fieldsLeftOut;
  private String trouble = "";

  synchronized void count(RecordOutcome outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
  }

  synchronized void count(Control.Kind control) {
    controls.merge(control, 1, Integer::sum);
  }

  synchronized void malformed(MalformedReason reason) {
    malformed.merge(reason, 1L, Long::sum);
  }

  synchronized void photos(int stored, List<PhotoFailure> failures) {
    photosStored += stored;
    failures.forEach(failure -> photoFailures.merge(failure, 1, Integer::sum));
  }

  synchronized void fieldsLeftOut(int fields) {
    fieldsLeftOut += fields;
  }

  /** The last of a batch is told, in words of ours. */
  synchronized void trouble(String words) {
    trouble = words;
  }

  private int of(RecordOutcome outcome) {
    return outcomes.getOrDefault(outcome, 0);
  }

  synchronized void tell(InvocationLine line) {
    line.count("tweets_stored", of(RecordOutcome.STORED));
    line.count("tweets_duplicate", of(RecordOutcome.DUPLICATE));
    line.count("tweets_deleted", of(RecordOutcome.DELETED) + of(RecordOutcome.TOMBSTONE));
    line.count("tweets_kept_deleted", of(RecordOutcome.STAYS_DELETED));
    line.count("messages_control", of(RecordOutcome.CONTROL));
    line.count("messages_malformed", of(RecordOutcome.MALFORMED));
    line.count("fields_left_out", fieldsLeftOut);
    line.count("photos_stored", photosStored);
    line.count("photos_failed", photoFailures.values().stream().mapToInt(Integer::intValue).sum());
    photoFailures.forEach((failure, count) -> line.count("photos_" + lower(failure), count));
    controls.forEach((kind, count) -> line.count("messages_" + lower(kind), count));
    line.reasons("malformed_by_reason", malformed);
    if (!trouble.isEmpty()) {
      line.text("trouble", trouble);
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
