package dev.sluice.enricher.profile;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.Warning;
import dev.sluice.enricher.Warnings;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.LogEscapes;

/**
 * Writes text with the escapes of the log decoded, and remembers where that was not possible
 * because the bytes are no UTF-8. Not thread-safe.
 */
final class DecodedField {
  private final OutputBuffer decoded = new OutputBuffer();
  private final OutputBuffer undecoded = new OutputBuffer();
  private Warnings warnings;

  /** Forgets the last line. */
  void begin(Warnings newWarnings) {
    warnings = newWarnings;
    undecoded.clear();
  }

  /**
   * @param name what the key is called when it cannot be decoded
   */
  void append(NestedJson json, byte[] key, String name, AccessLogLine fields, Field field) {
    if (!fields.isMissing(field)) {
      append(json, key, name, fields.buffer(), fields.from(field), fields.to(field));
    }
  }

  void append(NestedJson json, byte[] key, String name, byte[] logged, int from, int to) {
    decoded.clear();
    if (!LogEscapes.decode(logged, from, to, decoded)) {
      JsonNames.append(name, undecoded);
    }
    // Either way this is what stands for the text: decoded, or as logged.
    boolean valid = json.text(key, decoded.array(), 0, decoded.length());
    warnings.addUnless(valid, Warning.INVALID_UTF8);
  }

  /** Names of the keys whose values are as logged, as a JSON array, or null. */
  byte[] undecoded() {
    return undecoded.length() == 0 ? null : JsonNames.array(undecoded);
  }
}
