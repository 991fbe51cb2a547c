package dev.sluice.enricher.geo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Walks over the values of a section of a MaxMind DB file: its records, or what the file says of
 * itself. Makes no object but the texts that are asked for, and reads nothing outside of the
 * section, whatever the section says. Not thread-safe.
 *
 * <p>In a sound file a record is a small tree; in a broken or hostile one pointers form circles, or
 * few bytes unfold into billions of values. So what a reader looks at is counted, and bounded.
 *
 * @see <a href="https://maxmind.github.io/MaxMind-DB/">MaxMind DB File Format, "Output Data
 *     Section"</a>
 */
final class ValueReader {
  /** Values, keys and pointers of a record; a GeoIP2 City record has some 200. */
  static final int MAX_VALUES = 4_000;

  /** What {@link #enterMap} and {@link #enterArray} answer where no pointer was followed. */
  private static final int HERE = -1;

  private static final int EXTENDED = 0;
  private static final int POINTER = 1;
  private static final int TEXT = 2;
  private static final int DOUBLE = 3;
  private static final int UINT16 = 5;
  private static final int UINT32 = 6;
  private static final int MAP = 7;
  private static final int INT32 = 8;
  private static final int UINT64 = 9;
  private static final int UINT128 = 10;
  private static final int ARRAY = 11;
  private static final int BOOLEAN = 14;
  private static final int LAST_TYPE = 15;

  /** What is added to a pointer of one, two, three and four bytes. */
  private static final int[] POINTER_OFFSETS = {0, 1 << 11, (1 << 19) + (1 << 11), 0};

  /** Above this, the number of further bytes that hold the size; and what is added to them. */
  private static final int LAST_SMALL_SIZE = 28;

  private static final int[] SIZE_OFFSETS = {29, 285, 65_821};

  private final ByteBuffer section;
  private int position;
  private int type;
  private int size;
  private int values;

  /**
   * @param section from 0 to its limit, which pointers count from
   */
  ValueReader(ByteBuffer section) {
    this.section = section;
  }

  /** Names of keys for {@link #key}. */
  static byte[][] keys(String... names) {
    byte[][] keys = new byte[names.length][];
    for (int i = 0; i < names.length; i++) {
      keys[i] = names[i].getBytes(StandardCharsets.US_ASCII);
    }
    return keys;
  }

  /**
   * Goes to a value, as the first of a record.
   *
   * @throws IOException if it is outside of the section
   */
  void start(long offset) throws IOException {
    values = 0;
    go(offset);
  }

  /**
   * Goes to the first key of a map; {@link #entries} says how many there are.
   *
   * @return for {@link #leave}
   */
  int enterMap() throws IOException {
    return enter(MAP, "a map");
  }

  /** The same with the first element of an array. */
  int enterArray() throws IOException {
    return enter(ARRAY, "an array");
  }

  private int enter(int wanted, String name) throws IOException {
    int behind = head();
    if (type != wanted) {
      throw new IOException("a record has a value of type " + type + " instead of " + name);
    }
    return behind;
  }

  /** Number of entries of the map, or of elements of the array, that was just entered. */
  int entries() {
    return size;
  }

  /**
   * Goes on behind a map or an array whose last entry has been read.
   *
   * @param behind what entering it has answered
   */
  void leave(int behind) {
    if (behind != HERE) {
      position = behind;
    }
  }

  /** Reads a key; answers which of {@code names} it is, or -1 when it is another one. */
  int key(byte[][] names) throws IOException {
    int behind = head();
    if (type != TEXT) {
      throw new IOException("a record has a key of type " + type);
    }
    require(size);
    int found = names.length - 1;
    while (found >= 0 && !isHere(names[found])) {
      found--;
    }
    position += size;
    leave(behind);
    return found;
  }

  private boolean isHere(byte[] name) {
    if (name.length != size) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (section.get(position + i) != name[i]) {
        return false;
      }
    }
    return true;
  }

  /** Reads a text, which must be UTF-8. */
  String text() throws IOException {
    int behind = head();
    if (type != TEXT) {
      throw new IOException("a record has a value of type " + type + " instead of a text");
    }
    require(size);
    byte[] bytes = new byte[size];
    section.get(position, bytes);
    position += size;
    leave(behind);
    return decoded(bytes);
  }

  /** What is no UTF-8 becomes U+FFFD, which may also have been there before. */
  private static String decoded(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0
        ? text
        : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** Reads a double, or a whole number as one. */
  double real() throws IOException {
    int behind = head();
    if (type != DOUBLE) {
      double whole = wholeHere();
      leave(behind);
      return whole;
    }
    if (size != Double.BYTES) {
      throw new IOException("a record has a double of " + size + " bytes");
    }
    require(size);
    double value = section.getDouble(position);
    position += size;
    leave(behind);
    return value;
  }

  /** Reads a whole number. */
  long whole() throws IOException {
    int behind = head();
    long value = wholeHere();
    leave(behind);
    return value;
  }

  private long wholeHere() throws IOException {
    switch (type) {
      case UINT16, UINT32, INT32, UINT64, UINT128 -> {
        require(size);
        long value = 0;
        for (int i = 0; i < size; i++) {
          if (value >>> Long.SIZE - Byte.SIZE - 1 != 0) {
            throw new IOException("a record has a number above 2^63");
          }
          value = value << Byte.SIZE | section.get(position++) & 0xFF;
        }
        return type == INT32 ? (int) value : value;
      }
      default -> throw new IOException("a record has a value of type " + type + " for a number");
    }
  }

  /** Reads over a value, whatever it is. */
  void skip() throws IOException {
    for (long left = 1; left > 0; left--) {
      values++;
      int control = next();
      if (control >>> 5 == POINTER) {
        target(control);
        checkCount();
        continue;
      }
      describe(control);
      switch (type) {
        case MAP -> left += 2L * size;
        case ARRAY -> left += size;
        case BOOLEAN -> {} // the size is its value
        default -> {
          require(size);
          position += size;
        }
      }
    }
  }

  /** Reads type and size of a value, at the end of the pointers to it. */
  private int head() throws IOException {
    int behind = HERE;
    values++;
    int control = next();
    while (control >>> 5 == POINTER) {
      long target = target(control);
      if (behind == HERE) {
        behind = position;
      }
      go(target);
      values++;
      checkCount();
      control = next();
    }
    describe(control);
    return behind;
  }

  private void describe(int control) throws IOException {
    checkCount();
    type = control >>> 5;
    if (type == EXTENDED) {
      type = MAP + next();
      if (type <= MAP || type > LAST_TYPE) {
        // Without its number: when a file is cut off under its map, a byte that was just read may
        // have any value for a moment, and HotSpot counts on it being a byte to render it.
        throw new IOException("a record has a value of an unknown type");
      }
    }
    size = control & 0x1F;
    if (size > LAST_SMALL_SIZE) {
      int bytes = size - LAST_SMALL_SIZE;
      size = SIZE_OFFSETS[bytes - 1] + (int) number(0, bytes);
    }
  }

  private void checkCount() throws IOException {
    if (values > MAX_VALUES) {
      throw new IOException("a record has too many values");
    }
  }

  private long target(int control) throws IOException {
    int bytes = (control >>> 3 & 3) + 1;
    int highest = bytes == Integer.BYTES ? 0 : control & 7;
    return number(highest, bytes) + POINTER_OFFSETS[bytes - 1];
  }

  private long number(long highest, int bytes) throws IOException {
    long number = highest;
    for (int i = 0; i < bytes; i++) {
      number = number << Byte.SIZE | next();
    }
    return number;
  }

  private int next() throws IOException {
    require(1);
    return section.get(position++) & 0xFF;
  }

  private void go(long offset) throws IOException {
    if (offset < 0 || offset >= section.limit()) {
      throw new IOException("a record is said to be outside of the file");
    }
    position = (int) offset;
  }

  private void require(int bytes) throws IOException {
    if (bytes > section.limit() - position) {
      throw new IOException("a record goes on behind the end of the file");
    }
  }
}
