package dev.sluice.enricher.useragent;

import dev.sluice.enricher.bytes.ByteSearch;
import dev.sluice.enricher.format.KnownUserAgents;
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
public final class UserAgentFinder implements KnownUserAgents {
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
  private final boolean[] plain = new boolean[SETS * WAYS];
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
    int end = Math.min(to, from + UserAgentFragments.MAX_CLASSIFIED_BYTES);
    long hash = AgentKey.quickHash(userAgent, from, end) & hashMask;
    int slot = slot(hash, userAgent, from, end);
    if (slot != UNKNOWN) {
      return known(slot);
    }
    wanted.lookAt(userAgent, from, end);
    return findBeyond(hash, firstSlot(hash));
  }

  @Override
  public int number(byte[] text, int from, int to) {
    if (to - from > MAX_BYTES) {
      return UNKNOWN;
    }
    int slot = slot(AgentKey.quickHash(text, from, to) & hashMask, text, from, to);
    return slot != UNKNOWN && plain[slot] ? slot : UNKNOWN;
  }

  /** The fragment of one that {@link #number} has named. */
  public UserAgentFragment known(int slot) {
    countHit();
    return answers[slot];
  }

  /** In which of its places a hash is nobody can foresee; all but few have one of their own. */
  private int slot(long hash, byte[] text, int from, int to) {
    int first = firstSlot(hash);
    int notFirst = differs(first, hash);
    int notSecond = differs(first + 1, hash);
    int notThird = differs(first + 2, hash);
    int usual = first + notFirst + (notFirst & notSecond) + (notFirst & notSecond & notThird);
    if (hashes[usual] == hash && AgentKey.isCopied(texts[usual], text, from, to)) {
      return usual;
    }
    for (int i = first; i < first + WAYS; i++) {
      if (hashes[i] == hash && AgentKey.isCopied(texts[i], text, from, to)) {
        return i;
      }
    }
    return UNKNOWN;
  }

  /** 1 if another hash is in the place, otherwise 0. */
  private int differs(int slot, long hash) {
    long difference = hashes[slot] ^ hash;
    return (int) ((difference | -difference) >>> Long.SIZE - 1);
  }

  private static int firstSlot(long hash) {
    return (int) (hash >>> (Long.SIZE / 2) & SETS - 1) * WAYS;
  }

  private void countHit() {
    if (++uncountedHits == HITS_COUNTED_TOGETHER) {
      fragments.countHits(HITS_COUNTED_TOGETHER);
      uncountedHits = 0;
    }
  }

  private UserAgentFragment findBeyond(long hash, int first) {
    Remembered found = fragments.get(wanted);
    if (found == null) {
      return fragments.classify(wanted);
    }
    if (wanted.length() <= MAX_BYTES) {
      nextWay = (nextWay + 1) % WAYS;
      int slot = first + nextWay;
      byte[] text = found.key().text();
      hashes[slot] = hash;
      texts[slot] = text;
      answers[slot] = found.fragment();
      plain[slot] = ByteSearch.plainEnd(text, 0, text.length) == text.length;
    }
    return found.fragment();
  }
}
