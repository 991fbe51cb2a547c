package dev.sluice.enricher;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.enricher.json.JsonText;
import dev.sluice.enricher.json.Utf8;
import java.util.Arrays;
import java.util.Base64;

/** A rejected line as JSON: why, where, and the line itself. */
public final class RejectDocument {
  private static final byte[] REASON = ascii("{\"reason\":\"");
  private static final byte[] OFFSET = ascii("\",\"offset\":");
  private static final byte[] LINE_NUMBER = ascii(",\"line_number\":");
  private static final byte[] LENGTH = ascii(",\"length\":");
  private static final byte[] LINE = ascii(",\"line\":\"");
  private static final byte[] LINE_BASE64 = ascii(",\"line_base64\":\"");
  private static final byte[] END = ascii("\"}");

  private RejectDocument() {}

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  /**
   * Appends {@code {reason, offset, line_number, line | line_base64}}, without line end; base64
   * where the line is not UTF-8. Of a line that is too long there is {@code length} too, its bytes,
   * and only its start.
   *
   * @param number of the line, counted from 1
   * @param lineBytes true length of the line
   * @param maxLineBytes how much is shown of a line that is too long
   */
  public static void append(
      Outcome.Rejected outcome,
      long number,
      byte[] buffer,
      int from,
      int to,
      long lineBytes,
      int maxLineBytes,
      OutputBuffer out) {
    out.append(REASON);
    out.append(ascii(outcome.reason().name()));
    out.append(OFFSET);
    out.append(ascii(Integer.toString(outcome.offset())));
    out.append(LINE_NUMBER);
    out.append(ascii(Long.toString(number)));
    int end = to;
    if (outcome.reason() == RejectReason.LINE_TOO_LONG) {
      out.append(LENGTH);
      out.append(ascii(Long.toString(lineBytes)));
      end = Math.min(to, from + maxLineBytes);
    }
    if (Utf8.isValid(buffer, from, end)) {
      out.append(LINE);
      JsonText.append(buffer, from, end, out);
    } else {
      out.append(LINE_BASE64);
      out.append(Base64.getEncoder().encode(Arrays.copyOfRange(buffer, from, end)));
    }
    out.append(END);
  }
}
