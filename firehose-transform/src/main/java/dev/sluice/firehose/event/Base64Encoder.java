package dev.sluice.firehose.event;

import dev.sluice.enricher.OutputBuffer;
import java.util.Base64;

/**
 * Bytes as Base64 (RFC 4648, section 4), with padding, into the middle of an array: as {@link
 * Base64Decoder}, the other way. Not thread-safe.
 */
public final class Base64Encoder {
  /** An encoder by vectors takes so many bytes at a time. */
  private static final int STEP = 48;

  /** Bytes that are encoded in one call. */
  private static final int BLOCK = 64 * STEP;

  private static final int BLOCK_CHARACTERS = BLOCK / 3 * 4;

  /**
   * Characters are copied in multiples of so many, where there is room: in few lengths, which the
   * copying can foresee. What is too much nobody reads.
   */
  private static final int COPIED_TOGETHER = 64;

  private static final byte PAD = '=';

  private static final Base64.Encoder ENCODER = Base64.getEncoder();

  /** Arrays of each multiple of {@link #STEP}, made when they are needed. */
  private final byte[][] blocks = new byte[BLOCK / STEP + 1][];

  private final boolean byTables;
  private final byte[] characters = new byte[BLOCK_CHARACTERS];

  public Base64Encoder() {
    this(Base64Tables.ARE_FASTER);
  }

  /** For tests that want both ways. */
  Base64Encoder(boolean byTables) {
    this.byTables = byTables;
  }

  /** Characters that so many bytes need, padding included. */
  public static long encodedLength(long bytes) {
    return (bytes + 2) / 3 * 4;
  }

  /** Appends the bytes from {@code from} (in) to {@code to} (out). */
  public void append(byte[] bytes, int from, int to, OutputBuffer out) {
    int length = Math.toIntExact(encodedLength(to - from));
    encode(bytes, from, to, out.room(length), out.length());
    out.length(out.length() + length);
  }

  /**
   * Encodes the bytes from {@code from} (in) to {@code to} (out) into {@code out}, which has room
   * for {@link #encodedLength}. What lies behind that in {@code out} may be overwritten.
   *
   * @param at where to write the first character
   * @return one after the last character written
   */
  public int encode(byte[] bytes, int from, int to, byte[] out, int at) {
    if (byTables) {
      return Base64Tables.encode(bytes, from, to, out, at);
    }
    int i = from;
    int o = at;
    for (; i < to - BLOCK; i += BLOCK, o += BLOCK_CHARACTERS) {
      encodeBlock(bytes, i, BLOCK, out, o);
    }
    return encodeBlock(bytes, i, to - i, out, o);
  }

  /**
   * Encodes what fits into a block, and whatever fills it up, which is not copied. How much padding
   * there will be nobody can foresee, so it is put without a branch.
   */
  private int encodeBlock(byte[] bytes, int from, int count, byte[] out, int at) {
    if (count == 0) {
      return at;
    }
    int steps = (count + STEP - 1) / STEP;
    byte[] block = blocks[steps];
    if (block == null) {
      block = new byte[steps * STEP];
      blocks[steps] = block;
    }
    int length = block.length;
    System.arraycopy(bytes, from, block, 0, from <= bytes.length - length ? length : count);
    int behind = Math.min(count, length - 1);
    block[behind] &= (byte) ~(count - length >> Integer.SIZE - 1); // 0 behind the last, if any is
    ENCODER.encode(block, characters);
    int end = at + (count + 2) / 3 * 4;
    int copied = end - at + COPIED_TOGETHER - 1 & -COPIED_TOGETHER;
    System.arraycopy(characters, 0, out, at, Math.min(copied, out.length - at));
    int padding = (length - count) % 3;
    pad(out, end - 1, -(padding + 1 >> 1));
    pad(out, end - 2, -(padding >> 1));
    return end;
  }

  /** Puts padding where the mask is all bits, and nothing where it is 0. */
  private static void pad(byte[] out, int at, int mask) {
    out[at] = (byte) (out[at] & ~mask | PAD & mask);
  }
}
