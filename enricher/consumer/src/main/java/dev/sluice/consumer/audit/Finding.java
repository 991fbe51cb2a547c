package dev.sluice.consumer.audit;

/**
 * One thing that is wrong.
 *
 * @param place object key or shard
 * @param what one sentence
 */
public record Finding(String place, String what) {
  @Override
  public String toString() {
    return place + ": " + what;
  }
}
