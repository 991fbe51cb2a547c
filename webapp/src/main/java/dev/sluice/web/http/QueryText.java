package dev.sluice.web.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parameters behind the question mark of an address. Percent-encoded UTF-8 (RFC 3986); a plus
 * is a plus, because it may stand in a file's name.
 */
final class QueryText {

  private QueryText() {}

  /**
   * Takes a query apart.
   *
   * @param query as it was sent, or null
   * @throws RefusedException when it is malformed or names a parameter twice
   */
  static Map<String, String> parameters(String query) {
    var parameters = new LinkedHashMap<String, String>();
    if (query == null || query.isEmpty()) {
      return parameters;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (parameters.put(name, value) != null) {
        throw RefusedException.badRequest("A parameter stands twice in the address.");
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    var bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.write(hex(text, i + 1) << 4 | hex(text, i + 2));
        i += 2;
      } else if (c < 0x80) {
        bytes.write(c);
      } else {
        throw RefusedException.badRequest("The address holds a letter that is not encoded.");
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder() // reports what is malformed
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException malformed) {
      throw RefusedException.badRequest("The address is not UTF-8.");
    }
  }

  private static int hex(String text, int at) {
    int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
    if (digit < 0) {
      throw RefusedException.badRequest("The address holds a broken percent sign.");
    }
    return digit;
  }
}
