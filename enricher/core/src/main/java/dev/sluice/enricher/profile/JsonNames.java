package dev.sluice.enricher.profile;

import dev.sluice.enricher.OutputBuffer;
import java.nio.charset.StandardCharsets;

/** Arrays of names of ours, which need no escapes. */
final class JsonNames {
  private JsonNames() {}

  /** Appends {@code ,"name"}. */
  static void append(String name, OutputBuffer names) {
    names.append((",\"" + name + "\"").getBytes(StandardCharsets.US_ASCII));
  }

  /** The array of names that each follow a comma, at least one. */
  static byte[] array(OutputBuffer names) {
    names.array()[0] = '['; // where the comma of the first name is
    names.append((byte) ']');
    return names.toByteArray();
  }
}
