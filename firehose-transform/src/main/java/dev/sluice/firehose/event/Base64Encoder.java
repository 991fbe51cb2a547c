package dev.sluice.firehose.event;

import dev.sluice.enricher.OutputBuffer;
import java.util.Base64;

/**
 * Bytes as Base64 (RFC 4648, section 4), with padding, into the middle of an array: as {@link
 * Base64Decoder}, the other way. Not thread-safe.
 */
public final class Base64Encoder {
  /**
   * Bytes are encoded, and characters copied, in multiples of so many, where there is room: vectors
   * take them whole, and few lengths can be foreseen. What is too much nobody reads.
   */
  private static final int STEP = 192;

  /**
   * Bytes that are encoded beside those multiples. On x86 the JVM's vectors read ahead, so that the
   * last bytes, up to 31, are encoded three by three: of a multiple of 48 these are 24, with so
   * many more 9. On ARM there are none of a multiple of 48.
   */
  private static final int BESIDE = "aarch64".equals(System.getProperty("os.arch")) ? 0 : 33;

  /** Most bytes that are encoded in one call, without those beside. */
  private static final int BLOCK = 16 * STEP;

  private static final int BLOCK_CHARACTERS = BLOCK / 3 * 4;

  /**
   * Characters that are written behind those asked for, where there is room: those of the bytes
   * beside a block, or what is copied too much.
   */
  public static final int ROOM_BEHIND = STEP / 3 * 4;

  private static final byte PAD = '=';

  private static final Base64.Encoder ENCODER = Base64.getEncoder();

  /** Arrays for each multiple of {@link #STEP}, made when they are needed. */
  private final byte[][] blocks = new byte[BLOCK / STEP + 2][];

  private final boolean byTables;
  private final byte[] characters = new byte[BLOCK_CHARACTERS + ROOM_BEHIND];

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
   * Encodes what fits into a block, and whatever fills it up, which is not copied. At the beginning
   * of an array with room for that too, nothing needs copying. How much padding there will be
   * nobody can foresee, so it is put without a branch.
   */
  private int encodeBlock(byte[] bytes, int from, int count, byte[] out, int at) {
    if (count == 0) {
      return at;
    }
    int steps = (count + STEP - BESIDE) / STEP; // with a byte behind the last one, at least
    byte[] block = blocks[steps];
    if (block == null) {
      block = new byte[steps * STEP + BESIDE];
      blocks[steps] = block;
    }
    int length = block.length;
    System.arraycopy(bytes, from, block, 0, from <= bytes.length - length ? length : count);
    block[count] = 0; // what the last characters are beside their bits
    int thirds = (count + 2) / 3;
    int end = at + 4 * thirds;
    if (at == 0 && out.length >= length / 3 * 4) {
      ENCODER.encode(block, out);
    } else {
      ENCODER.encode(block, characters);
      int copied = (end - at + STEP - 1) / STEP * STEP;
      System.arraycopy(characters, 0, out, at, Math.min(copied, out.length - at));
    }
    int padding = 3 * thirds - count;
    pad(out, end - 1, -(padding + 1 >> 1));
    pad(out, end - 2, -(padding >> 1));
    return end;
  }

  /** Puts padding where the mask is all bits, and nothing where it is 0. */
  private static void pad(byte[] out, int at, int mask) {
    out[at] = (byte) (out[at] & ~mask | PAD & mask);
  }
}
