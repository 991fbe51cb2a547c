package dev.sluice.enricher.profile;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.Warning;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.json.JsonText;
import dev.sluice.enricher.page.PageName;
import java.nio.charset.StandardCharsets;

/**
 * The {@code flat} profile. Each key is appended after a comma; the first comma then becomes the
 * opening brace. A field that the line's format does not have has no key.
 */
final class FlatWriter implements ProfileWriter {
  private static final byte[] HOST = ascii(",\"host\":\"");
  private static final byte[] DATETIME = ascii(",\"datetime\":\"");
  private static final byte[] REQUEST = ascii(",\"request\":\"");
  private static final byte[] RESPONSE = ascii(",\"response\":\"");
  private static final byte[] BYTES = ascii(",\"bytes\":\"");
  private static final byte[] REFERER = ascii(",\"referer\":\"");
  private static final byte[] AGENT = ascii(",\"agent\":\"");
  private static final byte[] WEBPAGE = ascii(",\"webpage\":\"");
  // The spelling is part of the contract.
  private static final byte[] REFERING_PAGE = ascii(",\"refering_page\":\"");

  @Override
  public void append(EnrichedLine line, OutputBuffer out) {
    int start = out.length();
    line.warnings().addUnless(appendFields(line.fields(), out), Warning.INVALID_UTF8);
    out.append(line.place().json());
    out.append(line.autonomousSystem().json());
    out.append(line.userAgent().json());
    appendPage(WEBPAGE, line.webpage(), out);
    appendPage(REFERING_PAGE, line.referingPage(), out);
    close(start, out);
  }

  /** Everything from host to agent; answers whether all of it was valid UTF-8. */
  private static boolean appendFields(AccessLogLine line, OutputBuffer out) {
    boolean valid = appendIfPresent(HOST, line, Field.REMOTE_HOST, out);
    valid &= appendIfPresent(DATETIME, line, Field.TIMESTAMP, out);
    valid &= appendIfPresent(REQUEST, line, Field.REQUEST_LINE, out);
    valid &= appendUnlessMissing(RESPONSE, line, Field.STATUS, out);
    valid &= appendUnlessMissing(BYTES, line, Field.BYTES, out);
    valid &= appendUnlessMissing(REFERER, line, Field.REFERER, out);
    valid &= appendUnlessMissing(AGENT, line, Field.USER_AGENT, out);
    return valid;
  }

  private static void appendPage(byte[] keyAndQuote, PageName page, OutputBuffer out) {
    if (page.isPresent()) {
      out.append(keyAndQuote);
      JsonText.append(page.buffer(), page.from(), page.to(), out);
      out.append((byte) '"');
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

  /** Appends {@code ,"key":"value"}, a dash included. */
  private static boolean appendIfPresent(
      byte[] keyAndQuote, AccessLogLine line, Field field, OutputBuffer out) {
    return !line.has(field) || appendField(keyAndQuote, line, field, out);
  }

  /** Appends {@code ,"key":"value"} unless the line has no such value. */
  private static boolean appendUnlessMissing(
      byte[] keyAndQuote, AccessLogLine line, Field field, OutputBuffer out) {
    return line.isMissing(field) || appendField(keyAndQuote, line, field, out);
  }

  private static boolean appendField(
      byte[] keyAndQuote, AccessLogLine line, Field field, OutputBuffer out) {
    int from = line.from(field);
    int to = line.to(field);
    if (line.isPlain(field)) {
      out.append(keyAndQuote, line.buffer(), from, to, (byte) '"');
      return true;
    }
    out.append(keyAndQuote);
    boolean valid = JsonText.append(line.buffer(), from, to, out);
    out.append((byte) '"');
    return valid;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
