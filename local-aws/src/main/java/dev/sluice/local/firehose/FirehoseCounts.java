package dev.sluice.local.firehose;

/**
 * The books of a Firehose stream. When nothing waits, received = delivered + dropped + failed.
 *
 * @param received records taken
 * @param delivered records in objects under the prefix
 * @param dropped records that the function dropped
 * @param failed records in documents under the error prefix
 * @param invocations of the function, repeated ones included
 * @param failedInvocations those that gave an error
 * @param objects written, documents about failures included
 */
public record FirehoseCounts(
    long received,
    long delivered,
    long dropped,
    long failed,
    long invocations,
    long failedInvocations,
    long objects) {

  static final FirehoseCounts NONE = new FirehoseCounts(0, 0, 0, 0, 0, 0, 0);

  FirehoseCounts plus(FirehoseCounts more) {
    return new FirehoseCounts(
        received + more.received,
        delivered + more.delivered,
        dropped + more.dropped,
        failed + more.failed,
        invocations + more.invocations,
        failedInvocations + more.failedInvocations,
        objects + more.objects);
  }

  static FirehoseCounts ofReceived(long records) {
    return new FirehoseCounts(records, 0, 0, 0, 0, 0, 0);
  }

  static FirehoseCounts ofObject(long delivered, long failed) {
    return new FirehoseCounts(0, delivered, 0, failed, 0, 0, 1);
  }

  static FirehoseCounts ofBatch(TransformedBatch batch) {
    long dropped =
        batch.verdicts().stream().filter(verdict -> verdict.kind() == Verdict.Kind.DROPPED).count();
    return new FirehoseCounts(0, 0, dropped, 0, batch.attempts(), batch.failedAttempts(), 0);
  }
}
