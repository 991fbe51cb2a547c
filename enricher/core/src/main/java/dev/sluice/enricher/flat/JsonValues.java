package dev.sluice.enricher.flat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.RejectReason;
import dev.sluice.enricher.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads and copies values of a JSON record. */
final class JsonValues {
  private JsonValues() {}

  /** Where the token at hand begins, in bytes from the start of the record. */
  static long offset(JsonParser json) {
    return Math.max(0, json.currentTokenLocation().getByteOffset());
  }

  static void require(boolean holds, JsonParser json) throws RefusedException {
    if (!holds) {
      throw new RefusedException(RejectReason.BAD_VALUE, offset(json));
    }
  }

  /** The text at hand in UTF-8; half a surrogate pair is no text. */
  static byte[] text(JsonParser json) throws IOException, RefusedException {
    require(json.currentToken() == JsonToken.VALUE_STRING, json);
    return utf8(json);
  }

  private static byte[] utf8(JsonParser json) throws IOException, RefusedException {
    String text = json.getText();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
      if (Character.isSurrogate(c) && !pair) {
        throw new RefusedException(RejectReason.BAD_JSON, offset(json));
      }
      i += pair ? 1 : 0;
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Appends the text as a JSON string. */
  static void appendText(byte[] text, OutputBuffer out) {
    out.append((byte) '"');
    JsonText.append(text, 0, text.length, out);
    out.append((byte) '"');
  }

  /** Appends the value at hand, whatever it is, without spaces; numbers keep their digits. */
  static void copy(JsonParser json, OutputBuffer out) throws IOException, RefusedException {
    int depth = 0;
    boolean comma = false;
    do {
      JsonToken token = json.currentToken();
      if (comma && !token.isStructEnd()) {
        out.append((byte) ',');
      }
      comma = !token.isStructStart() && token != JsonToken.FIELD_NAME;
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      append(json, token, out);
    } while (depth > 0 && json.nextToken() != null);
  }

  private static void append(JsonParser json, JsonToken token, OutputBuffer out)
      throws IOException, RefusedException {
    switch (token) {
      case FIELD_NAME -> {
        appendText(utf8(json), out);
        out.append((byte) ':');
      }
      case VALUE_STRING -> appendText(utf8(json), out);
      default -> out.append(json.getText().getBytes(StandardCharsets.US_ASCII)); // as written
    }
  }
}
