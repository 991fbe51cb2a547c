package dev.sluice.enricher.geo;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.json.JsonText;
import java.nio.charset.StandardCharsets;

/** How {@code flat} writes a place: {@code city}, {@code country}, {@code location}. */
final class FlatPlace {
  private FlatPlace() {}

  static byte[] render(Place place) {
    var out = new OutputBuffer(128);
    appendText(",\"city\":\"", place.city(), out);
    appendText(",\"country\":\"", place.country(), out);
    if (place.hasLocation()) {
      out.append(ascii(",\"location\":{\"lat\":" + PlainDecimal.of(place.latitude())));
      out.append(ascii(",\"lon\":" + PlainDecimal.of(place.longitude()) + "}"));
    }
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
