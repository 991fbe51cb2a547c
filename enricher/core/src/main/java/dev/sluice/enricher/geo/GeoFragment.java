package dev.sluice.enricher.geo;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.json.JsonText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * The rendered part of a JSON line that depends on the address alone.
 *
 * @param json keys from city to location, each after a comma; empty when nothing is known; not to
 *     be changed
 * @param readable false when the database was broken at this address
 */
public record GeoFragment(byte[] json, boolean readable) {
  /** For hosts that are no address, and when there is no database. */
  public static final GeoFragment NOTHING = new GeoFragment(new byte[0], true);

  static final GeoFragment UNREADABLE = new GeoFragment(new byte[0], false);

  /** Far below any precision on earth; what is smaller is written as zero. */
  private static final int MAX_DECIMALS = 20;

  static GeoFragment of(Place place) {
    var out = new OutputBuffer(128);
    appendText(",\"city\":\"", place.city(), out);
    appendText(",\"country\":\"", place.country(), out);
    if (place.hasLocation()) {
      out.append(ascii(",\"location\":{\"lat\":" + plainDecimal(place.latitude())));
      out.append(ascii(",\"lon\":" + plainDecimal(place.longitude()) + "}"));
    }
    return out.length() == 0 ? NOTHING : new GeoFragment(out.toByteArray(), true);
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

  /**
   * The shortest decimal, without exponent, that reads back as the same double. Not {@code
   * Double.toString}, whose digits depend on the JDK (JDK-4511638, fixed in 19).
   */
  static String plainDecimal(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int decimals = 1; decimals < MAX_DECIMALS; decimals++) {
      BigDecimal rounded = exact.setScale(decimals, RoundingMode.HALF_EVEN);
      if (rounded.doubleValue() == value) {
        return rounded.toPlainString();
      }
    }
    return exact.setScale(MAX_DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
