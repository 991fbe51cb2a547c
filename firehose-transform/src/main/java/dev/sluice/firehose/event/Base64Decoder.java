package dev.sluice.firehose.event;

import dev.sluice.enricher.bytes.Words;
import java.util.Arrays;
import java.util.Base64;

/**
 * Base64 (RFC 4648, section 4) out of the middle of an array. The work is done by {@link
 * java.util.Base64}, which the JVM does by vectors where the processor has them, and which wants
 * arrays of exactly the right length: texts are copied into some that are there already, in blocks.
 * Answers are those of the JDK for the whole text. Not thread-safe.
 */
public final class Base64Decoder {
  /** Answer for a text that is not Base64. */
  public static final int MALFORMED = -1;

  /** A decoder by vectors takes so many characters at a time. */
  private static final int STEP = 64;

  /** Characters that are decoded in one call. */
  private static final int BLOCK = 64 * STEP;

  private static final int BLOCK_BYTES = BLOCK / 4 * 3;

  /** Bytes behind the decoded ones that may be read, whatever they are. */
  private static final int ROOM_BEHIND = 64;

  /** Characters that stand for three bytes. */
  private static final int GROUP = 4;

  private static final char PAD = '=';

  private static final Base64.Decoder DECODER = Base64.getDecoder();

  /** The digit of six bits that are not set. */
  private static final byte ZERO = 'A';

  private static final long ZEROS = Words.of((char) ZERO);

  /** Arrays for each multiple of {@link #STEP}, one step longer, made when they are needed. */
  private final byte[][] blocks = new byte[BLOCK / STEP + 1][];

  private final boolean byTables;
  private byte[] bytes = new byte[BLOCK_BYTES + ROOM_BEHIND];
  private byte[] part; // of a text of several blocks

  public Base64Decoder() {
    this(Base64Tables.ARE_FASTER);
  }

  /** For tests that want both ways. */
  Base64Decoder(boolean byTables) {
    this.byTables = byTables;
  }

  /**
   * Decodes the characters from {@code from} (in) to {@code to} (out). Padding may be missing, as
   * {@link Base64#getDecoder} has it.
   *
   * @return how many of {@link #bytes()} they are, or {@link #MALFORMED}
   */
  public int decode(byte[] text, int from, int to) {
    int count = to - from;
    return byTables || count < GROUP || count > BLOCK
        ? decodeAny(text, from, to)
        : decodeBlock(text, from, count);
  }

  /**
   * Copies the text before it looks at it: from memory it comes faster in its order. How much
   * padding there is nobody can foresee, so it is taken away without a branch.
   */
  private int decodeBlock(byte[] text, int from, int count) {
    byte[] block = blockOf(text, from, count);
    byte last = block[count - 1];
    byte beforeLast = block[count - 2];
    int one = isPad(last);
    int two = one & isPad(beforeLast);
    block[count - 1] = (byte) (last + one * (ZERO - PAD));
    block[count - 2] = (byte) (beforeLast + two * (ZERO - PAD));
    int digits = count - one - two;
    int beyondGroups = count % GROUP;
    int unevenAndPadded = one & (beyondGroups | beyondGroups >> 1);
    if (unevenAndPadded != 0 || digits % GROUP == 1) {
      return MALFORMED;
    }
    try {
      DECODER.decode(block, bytes);
      return digits * 3 / GROUP;
    } catch (IllegalArgumentException notBase64) {
      return MALFORMED;
    }
  }

  /** 1 for padding, otherwise 0. */
  private static int isPad(byte character) {
    return (character ^ PAD) - 1 >>> Integer.SIZE - 1;
  }

  private int decodeAny(byte[] text, int from, int to) {
    int end = withoutPadding(text, from, to);
    if (end == MALFORMED || (end - from) % 4 == 1) {
      return MALFORMED;
    }
    if (byTables) {
      makeRoom(end - from);
      return Base64Tables.decode(text, from, end, bytes, 0);
    }
    makeRoom(end - from);
    if (part == null) {
      part = new byte[BLOCK_BYTES + ROOM_BEHIND];
    }
    try {
      int decoded = 0;
      int i = from;
      for (; i < end - BLOCK; i += BLOCK) {
        decodePart(text, i, i + BLOCK, decoded);
        decoded += BLOCK_BYTES;
      }
      decodePart(text, i, end, decoded);
      return decoded + (end - i) * 3 / 4;
    } catch (IllegalArgumentException notBase64) {
      return MALFORMED;
    }
  }

  private void makeRoom(int digits) {
    int bound = (int) (digits * 3L / 4) + BLOCK_BYTES + ROOM_BEHIND;
    if (bytes.length < bound) {
      bytes = new byte[Math.max(bound, 2 * bytes.length)];
    }
  }

  /**
   * Decodes a block of many to where it belongs, and the zeros behind it; padding before those is
   * none.
   */
  private void decodePart(byte[] text, int from, int to, int at) {
    int count = DECODER.decode(blockOf(text, from, to - from), part);
    System.arraycopy(part, 0, bytes, at, count);
  }

  /**
   * A block with so many characters, and zeros behind them: more than needed, and more characters
   * copied than asked for, where there are, as how many it takes cannot be foreseen.
   */
  private byte[] blockOf(byte[] text, int from, int count) {
    int steps = (count + STEP - 1) / STEP;
    byte[] block = blocks[steps];
    if (block == null) {
      block = new byte[(steps + 1) * STEP];
      Arrays.fill(block, ZERO);
      blocks[steps] = block;
    }
    int whole = steps * STEP;
    System.arraycopy(text, from, block, 0, from <= text.length - whole ? whole : count);
    for (int i = 0; i < STEP; i += Words.BYTES) {
      Words.put(block, count + i, ZEROS);
    }
    return block;
  }

  /** End of the digits; padding must fill up a group when there is any. */
  private static int withoutPadding(byte[] text, int from, int to) {
    if (to == from || text[to - 1] != PAD) {
      return to;
    }
    int padding = to - from >= 2 && text[to - 2] == PAD ? 2 : 1;
    return (to - from) % 4 == 0 ? to - padding : MALFORMED;
  }

  /** What was decoded last, from the first byte on. */
  public byte[] bytes() {
    return bytes;
  }
}
