package dev.sluice.enricher.useragent;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.json.JsonText;
import java.nio.charset.StandardCharsets;

/**
 * The rendered part of a JSON line that depends on the user agent alone.
 *
 * @param json keys from os to device_type, each after a comma; not to be changed
 * @param complete false when the user agent could not be classified
 */
public record UserAgentFragment(byte[] json, boolean complete) {
  /** For lines whose format has no user agent. */
  public static final UserAgentFragment NOTHING = new UserAgentFragment(new byte[0], true);

  static UserAgentFragment of(Classification classification) {
    var out = new OutputBuffer(128);
    appendText(",\"os\":\"", classification.os(), out);
    appendText(",\"browser\":\"", classification.browser(), out);
    appendText(",\"device_type\":\"", classification.deviceType().label(), out);
    return new UserAgentFragment(out.toByteArray(), classification.complete());
  }

  private static void appendText(String keyAndQuote, String value, OutputBuffer out) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    out.append(keyAndQuote.getBytes(StandardCharsets.US_ASCII));
    JsonText.append(text, 0, text.length, out);
    out.append((byte) '"');
  }
}
