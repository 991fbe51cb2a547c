package dev.sluice.jmh.corpus;

import java.util.Arrays;

/**
 * Lines one after the other in one array, without line ends. Not thread-safe while being stamped.
 */
public final class Lines {
  private final byte[] bytes;
  private final int[] ends;
  private final UniqueStamp stamp;

  Lines(byte[] bytes, int[] ends, UniqueStamp stamp) {
    this.bytes = bytes;
    this.ends = ends;
    this.stamp = stamp;
  }

  public int count() {
    return ends.length;
  }

  /** The array that all lines stand in. */
  public byte[] bytes() {
    return bytes;
  }

  /** First byte of a line, counted from 0. */
  public int from(int line) {
    return line == 0 ? 0 : ends[line - 1];
  }

  /** One after the last byte of a line. */
  public int to(int line) {
    return ends[line];
  }

  public byte[] line(int line) {
    return Arrays.copyOfRange(bytes, from(line), to(line));
  }

  /**
   * Makes the line new where the corpus promises that no address and no user agent ever comes
   * twice; costs some 20 ns there and nothing elsewhere.
   */
  public void renew(int line) {
    if (stamp != null) {
      stamp.put(bytes, from(line), to(line));
    }
  }

  /**
   * Lines for one thread of its own: the same object where nothing is stamped, otherwise a copy
   * whose addresses and user agents no other copy has.
   *
   * @param thread from 0 on, below {@link UniqueStamp#MAX_THREADS}
   */
  public Lines forThread(int thread) {
    return stamp == null ? this : new Lines(bytes.clone(), ends, stamp.forThread(thread));
  }
}
