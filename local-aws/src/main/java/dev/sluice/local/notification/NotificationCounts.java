package dev.sluice.local.notification;

/**
 * What became of the changes of a bucket.
 *
 * @param changes that were noticed
 * @param done deliveries that were taken, repeated ones included
 * @param failures of deliveries, retries included
 * @param givenUp deliveries that were not taken after all retries
 */
public record NotificationCounts(long changes, long done, long failures, long givenUp) {
  static final NotificationCounts NONE = new NotificationCounts(0, 0, 0, 0);

  NotificationCounts plus(long moreChanges, long moreDone, long moreFailures, long moreGivenUp) {
    return new NotificationCounts(
        changes + moreChanges, done + moreDone, failures + moreFailures, givenUp + moreGivenUp);
  }
}
