package dev.sluice.enricher.useragent;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.json.JsonText;
import java.nio.charset.StandardCharsets;

/**
 * Writes what a user agent says as a profile wants it. Called once for each user agent that is
 * remembered, by any thread.
 */
@FunctionalInterface
public interface UserAgentRenderer {
  /** The {@code flat} profile: os, browser, device_type. */
  UserAgentRenderer FLAT =
      (classification, out) -> {
        appendText(",\"os\":\"", classification.os(), out);
        appendText(",\"browser\":\"", classification.browser(), out);
        appendText(",\"device_type\":\"", classification.deviceType().label(), out);
      };

  /** Appends keys and values, each key after a comma. */
  void append(Classification classification, OutputBuffer out);

  private static void appendText(String keyAndQuote, String value, OutputBuffer out) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    out.append(keyAndQuote.getBytes(StandardCharsets.US_ASCII));
    JsonText.append(text, 0, text.length, out);
    out.append((byte) '"');
  }
}
