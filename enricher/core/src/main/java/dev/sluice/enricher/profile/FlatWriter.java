package dev.sluice.enricher.profile;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.Warning;
import dev.sluice.enricher.bytes.ByteSearch;
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

  /** Texts up to this length are copied as words, which is cheaper than the call. */
  private static final int SHORT = 4 * Words.BYTES;

  /** A key, a quote, and what words write behind them. */
  private static final int ROOM_BESIDE_VALUE = KeyWords.SLACK + 1 + SHORT;

  @Override
  public void append(EnrichedLine line, OutputBuffer out) {
    int start = out.length();
    AccessLogLine fields = line.fields();
    boolean valid = appendIfPresent(HOST, fields, Field.REMOTE_HOST, out);
    valid &= appendIfPresent(DATETIME, fields, Field.TIMESTAMP, out);
    valid &= appendIfPresent(REQUEST, fields, Field.REQUEST_LINE, out);
    valid &= appendUnlessMissing(RESPONSE, fields, Field.STATUS, out);
    valid &= appendUnlessMissing(BYTES, fields, Field.BYTES, out);
    valid &= appendUnlessMissing(REFERER, fields, Field.REFERER, out);
    valid &= appendUnlessMissing(AGENT, fields, Field.USER_AGENT, out);
    line.warnings().addUnless(valid, Warning.INVALID_UTF8);
    out.append(line.place().json());
    out.append(line.autonomousSystem().json());
    out.append(line.userAgent().json());
    appendPage(WEBPAGE, line.webpage(), out);
    appendPage(REFERING_PAGE, line.referingPage(), out);
    close(start, out);
  }

  private static void appendPage(KeyWords key, PageName page, OutputBuffer out) {
    if (page.isPresent()) {
      byte[] text = page.buffer();
      int from = page.from();
      int to = page.to();
      if (ByteSearch.plainEnd(text, from, to) == to) {
        appendPlain(key, text, from, to, out);
      } else {
        appendAny(key, text, from, to, out);
      }
    }
  }

  private static void close(int start, OutputBuffer out) {
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
    if (line.isPlain(field)) {
      appendPlain(key, line.buffer(), line.from(field), line.to(field), out);
      return true;
    }
    return appendAny(key, line.buffer(), line.from(field), line.to(field), out);
  }

  private static void appendPlain(KeyWords key, byte[] text, int from, int to, OutputBuffer out) {
    int count = to - from;
    byte[] json = out.room(count + ROOM_BESIDE_VALUE);
    int at = key.put(json, out.length());
    if (count > SHORT || from > text.length - SHORT) {
      System.arraycopy(text, from, json, at, count);
    } else {
      Words.put(json, at, Words.at(text, from));
      Words.put(json, at + Words.BYTES, Words.at(text, from + Words.BYTES));
      Words.put(json, at + 2 * Words.BYTES, Words.at(text, from + 2 * Words.BYTES));
      Words.put(json, at + 3 * Words.BYTES, Words.at(text, from + 3 * Words.BYTES));
    }
    json[at + count] = '"';
    out.length(at + count + 1);
  }

  private static boolean appendAny(KeyWords key, byte[] text, int from, int to, OutputBuffer out) {
    out.length(key.put(out.room(ROOM_BESIDE_VALUE), out.length()));
    boolean valid = JsonText.append(text, from, to, out);
    out.append((byte) '"');
    return valid;
  }
}
