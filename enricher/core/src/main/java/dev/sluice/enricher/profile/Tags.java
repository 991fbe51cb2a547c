package dev.sluice.enricher.profile;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The tags of the settings as a JSON object. */
final class Tags {
  private Tags() {}

  static byte[] render(Map<String, String> tags) {
    var object = new OutputBuffer();
    tags.forEach(
        (name, value) -> {
          appendText(name, object.length() == 0 ? '{' : ',', object);
          appendText(value, ':', object);
        });
    object.append((byte) '}');
    return object.toByteArray();
  }

  private static void appendText(String value, char before, OutputBuffer out) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    out.append((byte) before);
    out.append((byte) '"');
    JsonText.append(bytes, 0, bytes.length, out);
    out.append((byte) '"');
  }
}
