package dev.sluice.consumer.redrive;

/**
 * How much is put back.
 *
 * @param limit most lines that are sent
 * @param maxAttempts letters that were tried as often stay where they are
 * @param dryRun count only
 * @param again also what was put back out of S3 before
 */
public record RedriveOptions(long limit, int maxAttempts, boolean dryRun, boolean again) {
  public RedriveOptions {
    if (limit < 1 || maxAttempts < 1) {
      throw new IllegalArgumentException("limit and attempts must be above zero");
    }
  }
}
