package dev.sluice.consumer.redrive;

import java.util.EnumMap;
import java.util.Map;

/**
 * What became of the letters that were read: read = sent + left, once nothing is on its way. Used
 * by one thread.
 */
public final class RedriveBooks {
  private final Map<Leftover, Long> left = new EnumMap<>(Leftover.class);
  private long sent;
  private long orphanedObjects;
  private long finishedObjects;
  private long unreadableObjects;

  void sent(long lines) {
    sent += lines;
  }

  void left(Leftover why) {
    left.merge(why, 1L, Long::sum);
  }

  void orphanedObject() {
    orphanedObjects++;
  }

  void finishedObject() {
    finishedObjects++;
  }

  void unreadableObject() {
    unreadableObjects++;
  }

  /** Letters seen. */
  public long read() {
    return sent + leftAltogether();
  }

  /** Lines that the stream has; in a dry run those that it would get. */
  public long sent() {
    return sent;
  }

  /** Letters left where they are, by reason; no entry is zero. */
  public Map<Leftover, Long> left() {
    return Map.copyOf(left);
  }

  public long leftAltogether() {
    return left.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Rejects objects that no commit names: they count for nobody. */
  public long orphanedObjects() {
    return orphanedObjects;
  }

  /** Rejects objects that were put back before. */
  public long finishedObjects() {
    return finishedObjects;
  }

  /** Rejects objects that are broken, or whose commit is. */
  public long unreadableObjects() {
    return unreadableObjects;
  }
}
