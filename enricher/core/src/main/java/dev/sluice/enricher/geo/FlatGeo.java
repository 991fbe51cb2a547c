package dev.sluice.enricher.geo;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.json.JsonText;
import java.nio.charset.StandardCharsets;

/** How {@code flat} writes what depends on the address. */
final class FlatGeo {
  private static final int USUAL_BYTES = 128;

  private FlatGeo() {}

  /** {@code city}, {@code country}, {@code location}. */
  static byte[] renderPlace(Place place) {
    var out = new OutputBuffer(USUAL_BYTES);
    appendText(",\"city\":\"", place.city(), out);
    appendText(",\"country\":\"", place.country(), out);
    if (place.hasLocation()) {
      out.append(ascii(",\"location\":{\"lat\":" + PlainDecimal.of(place.latitude())));
      out.append(ascii(",\"lon\":" + PlainDecimal.of(place.longitude()) + "}"));
    }
    return out.toByteArray();
  }

  /** {@code asn} and {@code as_organization}, both text like all values of the profile. */
  static byte[] renderAutonomousSystem(AutonomousSystem system) {
    var out = new OutputBuffer(USUAL_BYTES);
    if (system.number() != null) {
      appendText(",\"asn\":\"", system.number().toString(), out);
    }
    appendText(",\"as_organization\":\"", system.organization(), out);
    return out.toByteArray();
  }

  private static void appendText(String keyAndQuote, String value, OutputBuffer out) {
    if (value == null || value.isEmpty()) {
      return;
    }
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    out.append(ascii(keyAndQuote));
    JsonText.append(text, 0, text.length, out);
    out.append((byte) '"');
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
