package dev.sluice.web.upload;

import dev.sluice.web.http.RefusedException;
import java.nio.charset.StandardCharsets;

/**
 * The name of a file, which becomes its key in S3: one segment of a path, up to 1,024 bytes of
 * UTF-8 (S3's own bound), without anything that could lead elsewhere or hide what it says.
 */
public final class FileName {

  /** Longest key of S3, in bytes of UTF-8. */
  public static final int MAX_BYTES = 1_024;

  private FileName() {}

  /**
   * Takes a name as it is.
   *
   * @throws RefusedException 400, saying what is wrong
   */
  public static String checked(String name) {
    if (name.isBlank()) {
      throw RefusedException.badRequest("A file needs a name.");
    }
    if (name.equals(".") || name.equals("..")) {
      throw RefusedException.badRequest("\"" + name + "\" names a folder, not a file.");
    }
    if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      throw RefusedException.badRequest(
          "A name must not hold / or \\: it is the name of one file, without folders.");
    }
    if (name.codePoints().anyMatch(FileName::isHidden)) {
      throw RefusedException.badRequest(
          "A name must not hold control characters or marks that turn the direction of text.");
    }
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw RefusedException.badRequest(
          "A name has " + MAX_BYTES + " bytes at most, this one has " + bytes + ".");
    }
    return name;
  }

  private static boolean isHidden(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.SURROGATE
        || Character.getType(c) == Character.LINE_SEPARATOR
        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
        || c >= 0x202A && c <= 0x202E // embeddings and overrides of the Unicode bidi algorithm
        || c >= 0x2066 && c <= 0x2069 // isolates
        || c >= 0xFFFE && c <= 0xFFFF; // not characters, and not allowed in S3's XML
  }
}
