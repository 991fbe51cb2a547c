package dev.sluice.files.summary;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Counts of names, for a bounded number of names; those that come after them count as other. Keeps
 * bytes, so that a name that is known costs no text. Not thread-safe.
 */
final class NameCounts {
  /** Names that are counted by themselves. */
  static final int MAX_TRACKED = 2_000;

  /** Longer names are cut between two characters, so that all have a bound in bytes. */
  static final int MAX_NAME_BYTES = 200;

  private static final int TABLE_SIZE = 4_096; // a power of two, at most half full
  private static final int HASH_FACTOR = 31;
  private static final Comparator<Count> MOST_FIRST =
      Comparator.comparingLong(Count::lines).reversed().thenComparing(Count::name);

  /** How many lines have a name. */
  record Count(String name, long lines) {}

  /** A name with its count; shared with whoever knows by other means that a line has it. */
  static final class Counter {
    private final byte[] name;
    private final int hash;
    private long lines;

    private Counter(byte[] name, int hash) {
      this.name = name;
      this.hash = hash;
    }

    void add() {
      lines++;
    }

    void add(long more) {
      lines += more;
    }
  }

  private final Counter[] table = new Counter[TABLE_SIZE];
  private final Counter other = new Counter(new byte[0], 0);
  private int names;

  /** The counter of a name, or that of all others. */
  Counter of(byte[] text, int from, int to) {
    int end = to - from <= MAX_NAME_BYTES ? to : cut(text, from + MAX_NAME_BYTES, from);
    int hash = hash(text, from, end);
    int i = hash & TABLE_SIZE - 1;
    while (table[i] != null) {
      Counter known = table[i];
      if (known.hash == hash && Arrays.equals(known.name, 0, known.name.length, text, from, end)) {
        return known;
      }
      i = i + 1 & TABLE_SIZE - 1;
    }
    if (names == MAX_TRACKED) {
      return other;
    }
    names++;
    table[i] = new Counter(Arrays.copyOfRange(text, from, end), hash);
    return table[i];
  }

  Counter of(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return of(text, 0, text.length);
  }

  private static int cut(byte[] text, int at, int from) {
    int end = at;
    while (end > from && (text[end] & 0xC0) == 0x80) { // inside of a character of UTF-8
      end--;
    }
    return end;
  }

  private static int hash(byte[] text, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = HASH_FACTOR * hash + text[i];
    }
    return hash ^ hash >>> 16;
  }

  /** The {@code most} names with most lines, the first by name among equals. */
  List<Count> top(int most) {
    var counts = new ArrayList<Count>(names);
    for (Counter counter : table) {
      if (counter != null && counter.lines > 0) {
        counts.add(new Count(new String(counter.name, StandardCharsets.UTF_8), counter.lines));
      }
    }
    counts.sort(MOST_FIRST);
    return List.copyOf(counts.subList(0, Math.min(most, counts.size())));
  }

  /** Lines of all names that are not among the {@code most}. */
  long beyond(int most) {
    long sum = other.lines;
    for (Counter counter : table) {
      sum += counter == null ? 0 : counter.lines;
    }
    for (Count count : top(most)) {
      sum -= count.lines();
    }
    return sum;
  }
}
