package dev.sluice.samples;

import java.util.Arrays;

/** Writes drafts as lines that no parser can accept. An id survives the damage. */
final class BrokenLines {
  private static final int RANDOM_BYTES_MAX = 200;
  private static final String[] BAD_TIMESTAMPS = {
    "[2025-10-28T10:15:30Z]", "[28/Foo/2025:10:15:30 +0000]", "[28/Oct/2025]",
        "[28/Oct/2025:10:15 +0000]",
    "[aa/Oct/2025:10:15:30 +0000]", "28/Oct/2025:10:15:30 +0000", "[]", "-"
  };
  private static final String[] BAD_STATUSES = {"OK", "20", "2000", "-1", "2xx", "20.0"};

  private final LineKind[] kinds;
  private final Dice dice;

  BrokenLines(Dice dice, AccessLogOptions options) {
    this.dice = dice;
    this.kinds =
        Arrays.stream(LineKind.values())
            .filter(LineKind::isBroken)
            .filter(kind -> kind != LineKind.EMPTY || !options.ids())
            .toArray(LineKind[]::new);
  }

  /** Writes the draft, broken in some way, into an empty builder. */
  LineKind write(LineDraft draft, ByteBuilder out) {
    LineKind kind = dice.oneOf(kinds);
    switch (kind) {
      case BAD_TIMESTAMP -> draft.timestamp = Site.ascii(dice.oneOf(BAD_TIMESTAMPS));
      case BAD_STATUS -> draft.status = Site.ascii(dice.oneOf(BAD_STATUSES));
      case MISSING_FIELDS -> leaveOut(draft);
      default -> {}
    }
    switch (kind) {
      case EMPTY -> {}
      case RANDOM_BYTES -> writeRandomBytes(draft.id, out);
      default -> draft.writeTo(out);
    }
    switch (kind) {
      case TRUNCATED -> truncate(draft, out);
      case UNTERMINATED_QUOTE -> dropLastQuote(draft, out);
      default -> {}
    }
    return kind;
  }

  private void leaveOut(LineDraft draft) {
    switch (dice.below(3)) {
      case 0 -> draft.withoutOwner = true;
      case 1 -> draft.withoutTimestamp = true;
      default -> draft.withoutStatus = true;
    }
  }

  /**
   * Cuts before the size, or inside the referer or user agent: between those the rest would be a
   * Common line.
   */
  private void truncate(LineDraft draft, ByteBuilder out) {
    boolean insideQuotes = !draft.isCommon() && dice.chance(0.3);
    if (insideQuotes) {
      dropLastQuote(draft, out);
      boolean inReferer = dice.chance(0.5);
      int from = inReferer ? draft.refererFrom() : out.length() - draft.agent.length;
      int length = inReferer ? draft.referer.length : draft.agent.length;
      out.truncate(from + dice.below(length));
    } else {
      int from = Math.max(1, draft.idEnd());
      out.truncate(dice.between(from, draft.statusEnd()));
    }
  }

  /**
   * The last quote of a Combined line is its last byte; that of a Common line closes the request.
   */
  private static void dropLastQuote(LineDraft draft, ByteBuilder out) {
    byte[] bytes = out.array();
    int quote = out.length() - 1;
    while (bytes[quote] != '"') {
      quote--;
    }
    System.arraycopy(bytes, quote + 1, bytes, quote, out.length() - quote - 1);
    out.truncate(out.length() - 1);
  }

  private void writeRandomBytes(long id, ByteBuilder out) {
    int length = dice.between(1, RANDOM_BYTES_MAX);
    int idAt = dice.below(length);
    for (int i = 0; i < length; i++) {
      if (i == idAt && id != LineDraft.NO_ID) {
        SyntheticLine.putId(out, id);
      }
      int b = dice.below(256);
      out.put(b == '\n' || b == '\r' ? ' ' : b);
    }
  }
}
