package dev.sluice.enricher.profile;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.Warning;
import dev.sluice.enricher.bytes.Words;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.json.JsonText;
import dev.sluice.enricher.page.PageName;

/**
 * The {@code flat} profile. Each key is appended after a comma; the first comma then becomes the
 * opening brace. A field that the line's format does not have has no key.
 *
 * <p>Room is made once for all that is known to be short enough, and then written into without a
 * look at its end: words that overlap what comes next.
 */
final class FlatWriter implements ProfileWriter {
  private static final KeyWords HOST = KeyWords.of(",\"host\":\"");
  private static final KeyWords DATETIME = KeyWords.of(",\"datetime\":\"");
  private static final KeyWords REQUEST = KeyWords.of(",\"request\":\"");
  private static final KeyWords RESPONSE = KeyWords.of(",\"response\":\"");
  private static final KeyWords BYTES = KeyWords.of(",\"bytes\":\"");
  private static final KeyWords REFERER = KeyWords.of(",\"referer\":\"");
  private static final KeyWords AGENT = KeyWords.of(",\"agent\":\"");
  private static final KeyWords WEBPAGE = KeyWords.of(",\"webpage\":\"");
  // The spelling is part of the contract.
  private static final KeyWords REFERING_PAGE = KeyWords.of(",\"refering_page\":\"");

  // Words that are copied for each field, whatever of them it needs: more than most have, so that
  // hardly any takes the call, which costs more than the words, and more still when nobody can
  // foresee it.
  private static final int HOST_WORDS = 5;
  private static final int TIMESTAMP_WORDS = 4;
  private static final int REQUEST_WORDS = 8;
  private static final int STATUS_WORDS = 1;
  private static final int BYTES_WORDS = 2;
  private static final int REFERER_WORDS = 8;
  private static final int PAGE_WORDS = 4;
  private static final int MAX_WORDS = 8;

  /** Bytes of what is rendered that are copied at a time. */
  private static final int PIECE = 4 * Words.BYTES;

  /** What must lie behind the last field. */
  private static final int READ_BEHIND = MAX_WORDS * Words.BYTES;

  /** A key, a quote, and what words write behind them. */
  private static final int ROOM_BESIDE_VALUE = KeyWords.SLACK + 1 + MAX_WORDS * Words.BYTES;

  /** All keys of {@link #appendUsual} with the quotes behind their values, and what words write. */
  private static final int ROOM_BESIDE_VALUES = 9 * ROOM_BESIDE_VALUE;

  @Override
  public void append(EnrichedLine line, OutputBuffer out) {
    int start = out.length();
    appendMembers(line, out);
    close(start, out);
  }

  /** Appends the keys, each after a comma. */
  static void appendMembers(EnrichedLine line, OutputBuffer out) {
    AccessLogLine fields = line.fields();
    if (fields.isUsual(READ_BEHIND)) {
      appendUsual(line, fields, out);
    } else {
      appendAny(line, fields, out);
    }
  }

  /**
   * What {@link #appendAny} does for a line of which all fields are plain: everything is written
   * into one piece of memory, of which the end is known to be far enough.
   */
  private static void appendUsual(EnrichedLine line, AccessLogLine fields, OutputBuffer out) {
    byte[] place = line.place();
    byte[] system = line.autonomousSystem();
    byte[] userAgent = line.userAgent().json();
    PageName webpage = line.webpage();
    PageName referingPage = line.referingPage();
    // A page is a part of its field, so twice the fields hold both.
    int values = 2 * lengths(fields) + line.renderedLength();
    byte[] json = out.room(values + ROOM_BESIDE_VALUES);
    int at = out.length();
    at = put(HOST, fields, Field.REMOTE_HOST, HOST_WORDS, json, at);
    at = put(DATETIME, fields, Field.TIMESTAMP, TIMESTAMP_WORDS, json, at);
    at = put(REQUEST, fields, Field.REQUEST_LINE, REQUEST_WORDS, json, at);
    at = putUnlessMissing(RESPONSE, fields, Field.STATUS, STATUS_WORDS, json, at);
    at = putUnlessMissing(BYTES, fields, Field.BYTES, BYTES_WORDS, json, at);
    at = putUnlessMissing(REFERER, fields, Field.REFERER, REFERER_WORDS, json, at);
    at = putUnlessMissing(AGENT, fields, Field.USER_AGENT, 0, json, at);
    at = put(place, json, at);
    if (system.length > 0) {
      at = put(system, json, at);
    }
    at = put(userAgent, json, at);
    boolean literal = webpage.isLiteral() && referingPage.isLiteral();
    if (literal && webpage.isPresent()) {
      at = put(WEBPAGE, webpage.buffer(), webpage.from(), webpage.to(), PAGE_WORDS, json, at);
    }
    if (literal && referingPage.isPresent()) {
      at =
          put(
              REFERING_PAGE,
              referingPage.buffer(),
              referingPage.from(),
              referingPage.to(),
              PAGE_WORDS,
              json,
              at);
    }
    out.length(at);
    if (!literal) {
      appendPage(WEBPAGE, webpage, out);
      appendPage(REFERING_PAGE, referingPage, out);
    }
  }

  private static int lengths(AccessLogLine fields) {
    return length(fields, Field.REMOTE_HOST)
        + length(fields, Field.TIMESTAMP)
        + length(fields, Field.REQUEST_LINE)
        + length(fields, Field.STATUS)
        + length(fields, Field.BYTES)
        + length(fields, Field.REFERER)
        + length(fields, Field.USER_AGENT);
  }

  private static int length(AccessLogLine fields, Field field) {
    return fields.to(field) - fields.from(field);
  }

  private static int putUnlessMissing(
      KeyWords key, AccessLogLine fields, Field field, int words, byte[] json, int at) {
    return fields.isMissing(field) ? at : put(key, fields, field, words, json, at);
  }

  private static int put(
      KeyWords key, AccessLogLine fields, Field field, int words, byte[] json, int at) {
    return put(key, fields.buffer(), fields.from(field), fields.to(field), words, json, at);
  }

  private static int put(
      KeyWords key, byte[] text, int from, int to, int words, byte[] json, int at) {
    int start = key.put(json, at);
    int end = start + to - from;
    if (to - from > words * Words.BYTES) {
      System.arraycopy(text, from, json, start, to - from);
    } else {
      for (int i = 0; i < words * Words.BYTES; i += Words.BYTES) {
        Words.put(json, start + i, Words.at(text, from + i));
      }
    }
    json[end] = '"';
    return end + 1;
  }

  /**
   * Four words at a time, the last of them over the end of those before: how many bytes are left
   * nobody can foresee.
   */
  private static int put(byte[] rendered, byte[] json, int at) {
    int last = rendered.length - PIECE;
    if (last < 0) {
      System.arraycopy(rendered, 0, json, at, rendered.length);
      return at + rendered.length;
    }
    for (int i = 0; i < last; i += PIECE) {
      putPiece(rendered, i, json, at + i);
    }
    putPiece(rendered, last, json, at + last);
    return at + rendered.length;
  }

  private static void putPiece(byte[] rendered, int from, byte[] json, int at) {
    Words.put(json, at, Words.at(rendered, from));
    Words.put(json, at + Words.BYTES, Words.at(rendered, from + Words.BYTES));
    Words.put(json, at + 2 * Words.BYTES, Words.at(rendered, from + 2 * Words.BYTES));
    Words.put(json, at + 3 * Words.BYTES, Words.at(rendered, from + 3 * Words.BYTES));
  }

  private static void appendAny(EnrichedLine line, AccessLogLine fields, OutputBuffer out) {
    boolean valid = appendIfPresent(HOST, fields, Field.REMOTE_HOST, out);
    valid &= appendIfPresent(DATETIME, fields, Field.TIMESTAMP, out);
    valid &= appendIfPresent(REQUEST, fields, Field.REQUEST_LINE, out);
    valid &= appendUnlessMissing(RESPONSE, fields, Field.STATUS, out);
    valid &= appendUnlessMissing(BYTES, fields, Field.BYTES, out);
    valid &= appendUnlessMissing(REFERER, fields, Field.REFERER, out);
    valid &= appendUnlessMissing(AGENT, fields, Field.USER_AGENT, out);
    line.warnings().addUnless(valid, Warning.INVALID_UTF8);
    out.append(line.place());
    out.append(line.autonomousSystem());
    out.append(line.userAgent().json());
    appendPage(WEBPAGE, line.webpage(), out);
    appendPage(REFERING_PAGE, line.referingPage(), out);
  }

  private static void appendPage(KeyWords key, PageName page, OutputBuffer out) {
    if (page.isPresent()) {
      append(key, page.buffer(), page.from(), page.to(), out);
    }
  }

  /** Makes an object of the keys from {@code start} on. */
  static void close(int start, OutputBuffer out) {
    if (out.length() == start) {
      out.append((byte) '{');
    } else {
      out.array()[start] = '{'; // where the comma of the first key is
    }
    out.append((byte) '}');
  }

  /** Appends {@code ,"key":"value"}, a dash included; answers whether it was valid UTF-8. */
  private static boolean appendIfPresent(
      KeyWords key, AccessLogLine line, Field field, OutputBuffer out) {
    return !line.has(field) || appendField(key, line, field, out);
  }

  /** Appends {@code ,"key":"value"} unless the line has no such value. */
  private static boolean appendUnlessMissing(
      KeyWords key, AccessLogLine line, Field field, OutputBuffer out) {
    return line.isMissing(field) || appendField(key, line, field, out);
  }

  private static boolean appendField(
      KeyWords key, AccessLogLine line, Field field, OutputBuffer out) {
    return append(key, line.buffer(), line.from(field), line.to(field), out);
  }

  private static boolean append(KeyWords key, byte[] text, int from, int to, OutputBuffer out) {
    out.length(key.put(out.room(KeyWords.SLACK), out.length()));
    boolean valid = JsonText.append(text, from, to, out);
    out.append((byte) '"');
    return valid;
  }
}
