package dev.sluice.enricher.profile;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.Warning;
import dev.sluice.enricher.Warnings;
import dev.sluice.enricher.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Appends members of {@code flat} to an object, each after a comma, and only those that the
 * settings chose. Not thread-safe.
 */
final class FlatMembers {
  private static final FlatKey[] KEYS = FlatKey.values();
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  private final boolean[] chosen = new boolean[KEYS.length];
  private OutputBuffer out;
  private Warnings warnings;

  FlatMembers(Set<FlatKey> chosenKeys) {
    chosenKeys.forEach(key -> chosen[key.ordinal()] = true);
  }

  /** Writes to {@code newOut} from now on. */
  void begin(OutputBuffer newOut, Warnings newWarnings) {
    out = newOut;
    warnings = newWarnings;
  }

  OutputBuffer out() {
    return out;
  }

  boolean isChosen(FlatKey key) {
    return chosen[key.ordinal()];
  }

  /** Bytes that are no UTF-8 give a warning. */
  void text(FlatKey key, byte[] text, int from, int to) {
    if (isChosen(key)) {
      out.append(key.member());
      out.append((byte) '"');
      warnings.addUnless(JsonText.append(text, from, to, out), Warning.INVALID_UTF8);
      out.append((byte) '"');
    }
  }

  void number(FlatKey key, long value) {
    if (isChosen(key)) {
      out.append(key.member());
      out.append(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
    }
  }

  void flag(FlatKey key, boolean value) {
    raw(key, value ? TRUE : FALSE);
  }

  /** A value that is JSON already. */
  void raw(FlatKey key, byte[] json) {
    if (isChosen(key)) {
      out.append(key.member());
      out.append(json);
    }
  }

  /** Members that were rendered as {@code ,"key":value}, without spaces, in any number. */
  void rendered(byte[] members) {
    int at = 0;
    while (at < members.length) {
      int end = valueEnd(members, at + 1);
      if (isChosen(members, at, end)) {
        out.append(members, at, end);
      }
      at = end;
    }
  }

  private boolean isChosen(byte[] members, int from, int to) {
    for (FlatKey key : KEYS) {
      if (startsWith(members, from, to, key.member())) {
        return chosen[key.ordinal()];
      }
    }
    return true; // a key that settings cannot name
  }

  private static boolean startsWith(byte[] text, int from, int to, byte[] start) {
    if (to - from < start.length) {
      return false;
    }
    for (int i = start.length - 1; i >= 0; i--) {
      if (text[from + i] != start[i]) {
        return false;
      }
    }
    return true;
  }

  /** Index of the comma after the member that begins at {@code from}, or the end. */
  private static int valueEnd(byte[] members, int from) {
    int depth = 0;
    boolean quoted = false;
    for (int i = from; i < members.length; i++) {
      switch (members[i]) {
        case '"' -> quoted = !quoted;
        case '\\' -> i++; // only inside quotes, where it escapes
        case '{', '[' -> depth += quoted ? 0 : 1;
        case '}', ']' -> depth -= quoted ? 0 : 1;
        case ',' -> {
          if (!quoted && depth == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    return members.length;
  }
}
