package dev.sluice.enricher.flat;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.format.LogEscapes;
import java.nio.charset.StandardCharsets;

/** Text as a log would have it: the way back from {@link LogEscapes}. */
final class LoggedText {
  private static final byte[] REPLACEMENT = "\\xef\\xbf\\xbd".getBytes(StandardCharsets.US_ASCII);

  private LoggedText() {}

  /**
   * What decodes to {@code value}.
   *
   * @param before what stands before it, and needs no escape
   * @param asLogged whether the value was never decoded
   */
  static byte[] of(String before, byte[] value, boolean asLogged) {
    var out = new OutputBuffer(before.length() + 2 * value.length);
    out.append(before.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < value.length; i++) {
      if (asLogged) {
        out.append(value[i]);
      } else if (value[i] == '\\') {
        out.append((byte) '\\');
        out.append((byte) '\\');
      } else if (LogEscapes.isReplacement(value, i, value.length)) {
        // Raw, it would mean that bytes were lost before the log was read.
        out.append(REPLACEMENT);
        i += 2;
      } else {
        out.append(value[i]);
      }
    }
    return out.toByteArray();
  }
}
