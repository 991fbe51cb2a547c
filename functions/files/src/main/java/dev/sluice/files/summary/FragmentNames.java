package dev.sluice.files.summary;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Finds a name in a part of a line that is rendered already: members, each after a comma. */
final class FragmentNames {
  private static final JsonFactory JSON = new JsonFactory();

  private FragmentNames() {}

  /**
   * The country's name, by the profiles' keys for it; its code where only that is known.
   *
   * @param fragment of the place
   */
  static Optional<String> country(byte[] fragment) {
    return text(fragment, "country", 1)
        .or(() -> text(fragment, "country_name", 2))
        .or(() -> text(fragment, "country_iso_code", 2));
  }

  /**
   * The browser's family.
   *
   * @param fragment of the user agent
   */
  static Optional<String> browser(byte[] fragment) {
    return text(fragment, "browser", 1).or(() -> text(fragment, "name", 1));
  }

  /** The value of the first member called so, at that depth; 1 is the outermost. */
  private static Optional<String> text(byte[] fragment, String key, int depth) {
    if (fragment.length == 0) {
      return Optional.empty();
    }
    byte[] object = new byte[fragment.length + 1];
    System.arraycopy(fragment, 0, object, 0, fragment.length);
    object[0] = '{'; // where the comma of the first member is
    object[fragment.length] = '}';
    try (JsonParser parser = JSON.createParser(object)) {
      int at = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          at++;
        } else if (token.isStructEnd()) {
          at--;
        } else if (token == JsonToken.VALUE_STRING
            && at == depth
            && key.equals(parser.currentName())) {
          return Optional.of(parser.getText());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("a rendered part of a line is no JSON", e); // a bug of ours
    }
  }
}
