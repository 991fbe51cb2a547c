package dev.sluice.enricher.useragent;

import dev.sluice.enricher.useragent.UserAgentFragments.Remembered;

/**
 * Finds fragments for one thread, most of them in a small table of its own: no lock, no
 * book-keeping and no allocation. A user agent comes into the table when the shared cache has it
 * already, so those that never come again push nobody out. Not thread-safe.
 *
 * <p>A hash names a set of {@value #WAYS} places, of which all are looked at. What is found there
 * is compared byte for byte: user agents made to share a hash cost time, and never take each
 * other's answer.
 */
public final class UserAgentFinder {
  /** Places for one hash, which bounds the work for hashes that collide. */
  private static final int WAYS = 4;

  private static final int SETS = 512;

  /** Longer user agents are left to the shared cache, so that a table pins no more than 1 MB. */
  static final int MAX_BYTES = 512;

  /** The metric is behind by less than this for each finder. */
  private static final int HITS_COUNTED_TOGETHER = 64;

  private final UserAgentFragments fragments;
  private final AgentKey wanted = new AgentKey();
  private final long[] hashes = new long[SETS * WAYS];
  private final byte[][] texts = new byte[SETS * WAYS][];
  private final UserAgentFragment[] answers = new UserAgentFragment[SETS * WAYS];
  private final long hashMask;
  private int uncountedHits;
  private int nextWay;

  UserAgentFinder(UserAgentFragments fragments) {
    this(fragments, -1);
  }

  /**
   * @param hashMask what of a hash is used, for tests that want collisions
   */
  UserAgentFinder(UserAgentFragments fragments, long hashMask) {
    this.fragments = fragments;
    this.hashMask = hashMask;
  }

  /** The fragment of a line whose user agent is a dash. */
  public UserAgentFragment none() {
    return fragments.none();
  }

  /** The fragment for the user agent from {@code from} (in) to {@code to} (out). */
  public UserAgentFragment find(byte[] userAgent, int from, int to) {
    wanted.point(userAgent, from, Math.min(to, from + UserAgentFragments.MAX_CLASSIFIED_BYTES));
    long hash = wanted.quickHash() & hashMask;
    int first = (int) (hash >>> (Long.SIZE / 2) & SETS - 1) * WAYS;
    for (int i = first; i < first + WAYS; i++) {
      if (hashes[i] == hash && wanted.isText(texts[i])) {
        countHit();
        return answers[i];
      }
    }
    return findBeyond(hash, first);
  }

  private void countHit() {
    if (++uncountedHits == HITS_COUNTED_TOGETHER) {
      fragments.countHits(HITS_COUNTED_TOGETHER);
      uncountedHits = 0;
    }
  }

  private UserAgentFragment findBeyond(long hash, int first) {
    wanted.complete();
    Remembered found = fragments.get(wanted);
    if (found == null) {
      return fragments.classify(wanted);
    }
    if (wanted.length() <= MAX_BYTES) {
      nextWay = (nextWay + 1) % WAYS;
      hashes[first + nextWay] = hash;
      texts[first + nextWay] = found.key().text();
      answers[first + nextWay] = found.fragment();
    }
    return found.fragment();
  }
}
