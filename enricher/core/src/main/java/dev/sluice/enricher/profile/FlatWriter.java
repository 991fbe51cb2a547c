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

  // The same with the quote that ends the value before.
  private static final KeyWords THEN_DATETIME = DATETIME.afterQuote();
  private static final KeyWords THEN_REQUEST = REQUEST.afterQuote();
  private static final KeyWords THEN_RESPONSE = RESPONSE.afterQuote();
  private static final KeyWords THEN_BYTES = BYTES.afterQuote();
  private static final KeyWords THEN_REFERER = REFERER.afterQuote();
  private static final KeyWords THEN_AGENT = AGENT.afterQuote();

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
    byte[] text = fields.buffer();
    // All of them before anything is written: behind that they would be read anew each time.
    int hostFrom = fields.from(Field.REMOTE_HOST);
    int hostTo = fields.to(Field.REMOTE_HOST);
    int timestampFrom = fields.from(Field.TIMESTAMP);
    int timestampTo = fields.to(Field.TIMESTAMP);
    int requestFrom = fields.from(Field.REQUEST_LINE);
    int requestTo = fields.to(Field.REQUEST_LINE);
    int statusFrom = fields.from(Field.STATUS);
    int statusTo = fields.to(Field.STATUS);
    int bytesFrom = fields.from(Field.BYTES);
    int bytesTo = fields.to(Field.BYTES);
    int refererFrom = fields.from(Field.REFERER);
    int refererTo = fields.to(Field.REFERER);
    int agentFrom = fields.from(Field.USER_AGENT);
    int agentTo = fields.to(Field.USER_AGENT);
    int values =
        (hostTo - hostFrom)
            + (timestampTo - timestampFrom)
            + (requestTo - requestFrom)
            + (statusTo - statusFrom)
            + (bytesTo - bytesFrom)
            + (refererTo - refererFrom)
            + (agentTo - agentFrom);
    // A page is a part of its field, so twice the fields hold both.
    byte[] json = out.room(2 * values + line.renderedLength() + ROOM_BESIDE_VALUES);
    int at = out.length();
    at = put(HOST, text, hostFrom, hostTo, HOST_WORDS, json, at);
    at = put(THEN_DATETIME, text, timestampFrom, timestampTo, TIMESTAMP_WORDS, json, at);
    at = put(THEN_REQUEST, text, requestFrom, requestTo, REQUEST_WORDS, json, at);
    at = putUnlessMissing(THEN_RESPONSE, text, statusFrom, statusTo, STATUS_WORDS, json, at);
    at = putUnlessMissing(THEN_BYTES, text, bytesFrom, bytesTo, BYTES_WORDS, json, at);
    at = putUnlessMissing(THEN_REFERER, text, refererFrom, refererTo, REFERER_WORDS, json, at);
    at = putUnlessMissing(THEN_AGENT, text, agentFrom, agentTo, 0, json, at);
    json[at++] = '"';
    for (int i = 0; i < EnrichedLine.RENDERED; i++) {
      at = put(line.rendered(i), json, at);
    }
    PageName webpage = line.webpage();
    PageName referingPage = line.referingPage();
    boolean literal = webpage.isLiteral() && referingPage.isLiteral();
    if (literal) {
      at = put(WEBPAGE, webpage, json, at);
      at = put(REFERING_PAGE, referingPage, json, at);
    }
    out.length(at);
    if (!literal) {
      appendPage(WEBPAGE, webpage, out);
      appendPage(REFERING_PAGE, referingPage, out);
    }
  }

  private static int putUnlessMissing(
      KeyWords key, byte[] text, int from, int to, int words, byte[] json, int at) {
    return to - from == 1 && text[from] == '-' ? at : put(key, text, from, to, words, json, at);
  }

  private static int put(KeyWords key, PageName page, byte[] json, int at) {
    if (!page.isPresent()) {
      return at;
    }
    int end = put(key, page.buffer(), page.from(), page.to(), PAGE_WORDS, json, at);
    json[end] = '"';
    return end + 1;
  }

  /**
   * The key and a value without its last quote: the words of most, and what is left of others. A
   * field of the line that has no usual length is copied in multiples of {@value #READ_BEHIND}
   * bytes, since the call can foresee few lengths.
   *
   * @param words 0 for such a field
   */
  private static int put(
      KeyWords key, byte[] text, int from, int to, int words, byte[] json, int at) {
    int start = key.put(json, at);
    int copied = words * Words.BYTES;
    for (int i = 0; i < copied; i += Words.BYTES) {
      Words.put(json, start + i, Words.at(text, from + i));
    }
    int rest = to - from - copied;
    if (rest > 0) {
      int count = words == 0 ? rest + READ_BEHIND - 1 & -READ_BEHIND : rest;
      System.arraycopy(text, from + copied, json, start + copied, count);
    }
    return start + to - from;
  }

  /**
   * Four words at a time, the last of them over the end of those before: how many bytes are left
   * nobody can foresee.
   */
  private static int put(byte[] rendered, byte[] json, int at) {
    int last = rendered.length - PIECE;
    if (last < 0) {
      if (rendered.length == 0) { // no call for what most lines do not have
        return at;
      }
      System.arraycopy(rendered, 0, json, at, rendered.length);
      return at + rendered.length;
    }
    int from = 0;
    while (true) {
      int to = at + from;
      Words.put(json, to, Words.at(rendered, from));
      Words.put(json, to + Words.BYTES, Words.at(rendered, from + Words.BYTES));
      Words.put(json, to + 2 * Words.BYTES, Words.at(rendered, from + 2 * Words.BYTES));
      Words.put(json, to + 3 * Words.BYTES, Words.at(rendered, from + 3 * Words.BYTES));
      if (from >= last) {
        return at + rendered.length;
      }
      from = Math.min(from + PIECE, last);
    }
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
