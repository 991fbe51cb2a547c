package dev.sluice.firehose.record;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.RejectReason;
import dev.sluice.enricher.json.JsonText;
import dev.sluice.enricher.json.Utf8;

/**
 * A rejected line as JSON, for {@code REJECTS=document}: {@code {reason, offset, line_number, line
 * | line_base64}}, the same keys that {@code ./sluice enrich} writes for rejects.
 */
final class RejectDocument {
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
   * Appends the document without line end; base64 where the line is not UTF-8. Of a line that is
   * too long there is {@code length} too, its bytes, and only its start.
   *
   * @param lineIndex 0 for the first line of the record; written counted from 1
   * @param maxLineBytes how much is shown of a line that is too long
   */
  static void append(
      Outcome.Rejected outcome,
      int lineIndex,
      byte[] buffer,
      int from,
      int to,
      int maxLineBytes,
      OutputBuffer out) {
    out.append(REASON);
    out.append(ascii(outcome.reason().name()));
    out.append(OFFSET);
    out.append(ascii(Integer.toString(outcome.offset())));
    out.append(LINE_NUMBER);
    out.append(ascii(Integer.toString(lineIndex + 1)));
    int end = to;
    if (outcome.reason() == RejectReason.LINE_TOO_LONG) {
      out.append(LENGTH);
      out.append(ascii(Integer.toString(to - from)));
      end = Math.min(to, from + maxLineBytes);
    }
    if (Utf8.isValid(buffer, from, end)) {
      out.append(LINE);
      JsonText.append(buffer, from, end, out);
    } else {
      out.append(LINE_BASE64);
      FailureData.appendBase64(buffer, from, end, out);
    }
    out.append(END);
  }
}
