package dev.sluice.enricher.profile;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.geo.AutonomousSystem;
import dev.sluice.enricher.geo.GeoRenderers;
import dev.sluice.enricher.geo.Place;
import dev.sluice.enricher.geo.PlainDecimal;
import dev.sluice.enricher.json.JsonText;
import dev.sluice.enricher.useragent.Classification;
import dev.sluice.enricher.useragent.Product;
import java.nio.charset.StandardCharsets;

/**
 * How {@code ecs} writes what is remembered: members of {@code source}, and of {@code user_agent}
 * together with the first of {@code sluice}.
 */
final class EcsRenderers {
  static final GeoRenderers GEO =
      new GeoRenderers(EcsRenderers::renderPlace, EcsRenderers::renderSystem);

  private static final int USUAL_BYTES = 256;

  private EcsRenderers() {}

  private static byte[] renderPlace(Place place) {
    var members = new OutputBuffer(USUAL_BYTES);
    text("city_name", place.city(), members);
    text("continent_code", place.continentCode(), members);
    text("continent_name", place.continent(), members);
    text("country_iso_code", place.countryIsoCode(), members);
    text("country_name", place.country(), members);
    if (place.hasLocation()) {
      String point =
          "{\"lat\":"
              + PlainDecimal.of(place.latitude())
              + ",\"lon\":"
              + PlainDecimal.of(place.longitude())
              + "}";
      raw("location", point, members);
    }
    text("postal_code", place.postalCode(), members);
    text("region_iso_code", place.regionIsoCode(), members);
    text("region_name", place.region(), members);
    text("timezone", place.timeZone(), members);
    return object("geo", members).toByteArray();
  }

  private static byte[] renderSystem(AutonomousSystem system) {
    var organization = new OutputBuffer();
    text("name", system.organization(), organization);
    var members = new OutputBuffer(USUAL_BYTES);
    if (system.number() != null) {
      raw("number", system.number().toString(), members);
    }
    members.append(object("organization", organization).toByteArray());
    return object("as", members).toByteArray();
  }

  /** What is not recognised has no key here: ECS has no word for it. */
  static void appendUserAgent(Classification classification, OutputBuffer out) {
    var device = new OutputBuffer();
    text("name", recognised(classification.parsed().device()), device);
    out.append(object("device", device).toByteArray());
    Product browser = classification.parsed().browser();
    text("name", recognised(browser.family()), out);
    Product system = classification.parsed().os();
    var os = new OutputBuffer();
    if (system.isRecognised()) {
      text("full", system.full(), os);
      text("name", system.family(), os);
      text("version", system.version(), os);
    }
    out.append(object("os", os).toByteArray());
    text("version", browser.version(), out);
  }

  private static String recognised(String family) {
    return family.equals("Other") ? null : family;
  }

  private static OutputBuffer object(String key, OutputBuffer members) {
    var object = new OutputBuffer(USUAL_BYTES);
    if (members.length() > 0) {
      members.array()[0] = '{'; // where the comma of the first member is
      members.append((byte) '}');
      object.append((",\"" + key + "\":").getBytes(StandardCharsets.US_ASCII));
      object.append(members.array(), 0, members.length());
    }
    return object;
  }

  private static void raw(String key, String json, OutputBuffer out) {
    out.append((",\"" + key + "\":" + json).getBytes(StandardCharsets.US_ASCII));
  }

  private static void text(String key, String value, OutputBuffer out) {
    if (value != null && !value.isEmpty()) {
      byte[] text = value.getBytes(StandardCharsets.UTF_8);
      raw(key, "\"", out);
      JsonText.append(text, 0, text.length, out);
      out.append((byte) '"');
    }
  }
}
