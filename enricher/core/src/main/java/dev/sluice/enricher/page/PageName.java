package dev.sluice.enricher.page;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.bytes.ByteSearch;
import dev.sluice.enricher.json.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * The page that a request target or a referer names: its last path segment, percent-decoded where
 * that gives valid UTF-8, without query, {@code ;parameters} and the last extension. The cases are
 * in docs/format.md. A view, used again for the next line; not thread-safe.
 */
public final class PageName {
  private static final int INDEX_LENGTH = 5;

  /** With room behind it for whoever copies words. */
  private static final byte[] INDEX =
      "index                                ".getBytes(StandardCharsets.US_ASCII);

  private final OutputBuffer decoded = new OutputBuffer();
  private byte[] buffer;
  private int from;
  private int to;
  private boolean present;
  private boolean literal;

  /** Names no page, as before any {@link #find}. */
  public void clear() {
    present = false;
  }

  /** Whether there is a page; the text is then in {@link #buffer()}. */
  public boolean isPresent() {
    return present;
  }

  /**
   * Whether the page is a part of the text that it was found in, or the word {@code index}, or
   * known to be written as it is; then at least 32 bytes of {@link #buffer()} lie behind its start,
   * if as many lie behind that text.
   */
  public boolean isLiteral() {
    return literal;
  }

  /** Names a page that is known already. */
  public void keep(byte[] text) {
    set(text, 0, text.length);
    literal = false;
    present = true;
  }

  /**
   * Names a page that {@link #find} has found in the same text before.
   *
   * @param pageFrom where it began, counted from {@code start}
   * @param pageTo where it ended; the same for the word {@code index}
   */
  void known(byte[] text, int start, int pageFrom, int pageTo) {
    if (pageFrom < pageTo) {
      set(text, start + pageFrom, start + pageTo);
    } else {
      set(INDEX, 0, INDEX_LENGTH);
    }
    literal = true;
    present = true;
  }

  /**
   * Names a page that {@link #find} has decoded before, and that JSON takes as it is.
   *
   * @param text with 32 bytes behind the page
   */
  void knownDecoded(byte[] text, int length) {
    set(text, 0, length);
    literal = true;
    present = true;
  }

  /** Looks for the page in the text from {@code start} (in) to {@code end} (out). */
  public void find(byte[] text, int start, int end) {
    int pathTo = Uris.pathEnd(text, start, end);
    int pathFrom = pathStart(text, start, pathTo);
    present = pathFrom >= 0;
    if (!present) {
      return;
    }
    literal = true;
    if (!findSegment(text, pathFrom, pathTo)) {
      set(INDEX, 0, INDEX_LENGTH);
      return;
    }
    if (ByteSearch.indexOf('%', buffer, from, to) < to) {
      decode();
    }
    cutExtension();
  }

  public byte[] buffer() {
    return buffer;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  private void set(byte[] newBuffer, int newFrom, int newTo) {
    if (buffer != newBuffer) { // as in EnrichedLine
      buffer = newBuffer;
    }
    from = newFrom;
    to = newTo;
  }

  /** Where the path begins; equal to {@code end} for an empty path; -1 when there is no path. */
  private static int pathStart(byte[] text, int start, int end) {
    if (start < end && text[start] == '/') {
      return start;
    }
    int authority = Uris.authorityStart(text, start, end);
    if (authority != Uris.NO_AUTHORITY) {
      return ByteSearch.indexOf('/', text, authority, end);
    }
    // A word without a slash may be a host, a star or a dash: it names no page.
    int slash = ByteSearch.indexOf('/', text, start, end);
    return slash == end ? -1 : slash;
  }

  /** Sets the last segment that is not empty without its parameters. */
  private boolean findSegment(byte[] text, int pathFrom, int pathTo) {
    int segmentTo = pathTo;
    while (segmentTo > pathFrom) {
      int slash = ByteSearch.lastIndexOf('/', text, pathFrom, segmentTo);
      int nameTo = ByteSearch.indexOf(';', text, slash + 1, segmentTo);
      if (nameTo > slash + 1) {
        set(text, slash + 1, nameTo);
        return true;
      }
      segmentTo = slash;
    }
    return false;
  }

  /** Decodes the whole segment, or leaves all of it as it is. */
  private void decode() {
    decoded.clear();
    for (int i = from; i < to; i++) {
      if (buffer[i] != '%') {
        decoded.append(buffer[i]);
        continue;
      }
      int high = i + 2 < to ? Character.digit(buffer[i + 1], 16) : -1;
      int low = i + 2 < to ? Character.digit(buffer[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return;
      }
      decoded.append((byte) (high << 4 | low));
      i += 2;
    }
    if (Utf8.isValid(decoded.array(), 0, decoded.length())) {
      set(decoded.array(), 0, decoded.length());
      literal = false;
    }
  }

  /** Cuts from the last dot on; dots at the beginning belong to the name. */
  private void cutExtension() {
    int nameFrom = from;
    while (nameFrom < to && buffer[nameFrom] == '.') {
      nameFrom++;
    }
    int dot = ByteSearch.lastIndexOf('.', buffer, nameFrom, to);
    if (dot > nameFrom) {
      to = dot;
    }
  }
}
