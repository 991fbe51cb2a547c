package dev.sluice.web.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.web.http.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where a page of the list ended, as text for the browser to bring back: the index' key in base64.
 * It says no more than the list itself, so it is not signed; what is no key is refused.
 */
final class Place {

  /** Four texts, of which two hold a name of 1,024 bytes, in base64. */
  private static final int MAX_CHARS = 8 << 10;

  private static final Set<String> KEY =
      Set.of(StoredFile.NAME, StoredFile.UPLOAD, FileTable.LISTING, FileTable.LISTED);
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private Place() {}

  static String text(Map<String, AttributeValue> key) {
    var texts = new TreeMap<String, String>();
    key.forEach((name, value) -> texts.put(name, value.s()));
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(texts));
    } catch (JsonProcessingException textsAlwaysCan) {
      throw new IllegalStateException(textsAlwaysCan);
    }
  }

  /**
   * The key that a text stands for.
   *
   * @throws RefusedException 400
   */
  static Map<String, AttributeValue> key(String text) {
    try {
      if (text.length() <= MAX_CHARS) {
        Map<String, String> texts =
            JSON.readValue(
                new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8),
                new TypeReference<Map<String, String>>() {});
        if (texts != null && texts.keySet().equals(KEY) && !texts.containsValue(null)) {
          var key = new TreeMap<String, AttributeValue>();
          texts.forEach((name, value) -> key.put(name, AttributeValue.fromS(value)));
          return key;
        }
      }
    } catch (JsonProcessingException | IllegalArgumentException malformed) {
      // Refused below, like a key of other attributes.
    }
    throw RefusedException.badRequest("The place in the list is none of this list.");
  }
}
