package dev.sluice.tweets.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads members of one message and counts those that have another form than they should: they are
 * left out, and the tweet is stored all the same. Not thread-safe.
 */
final class JsonFields {
  /** Twitter's longest note has 25,000 characters; this many are 300,000 bytes, within an item. */
  static final int MAX_TEXT_CHARACTERS = 100_000;

  static final int MAX_NAME_CHARACTERS = 200;
  static final int MAX_URL_CHARACTERS = 2_048;

  private static final Pattern ID = Pattern.compile("[0-9]{1,20}");

  private int unreadable;

  int unreadable() {
    return unreadable;
  }

  /** Counts a member that is left out. */
  <T> Optional<T> leftOut() {
    unreadable++;
    return Optional.empty();
  }

  /**
   * The id of a tweet. Names are tried in their order: {@code id} alone lost its last digits
   * wherever JavaScript has had it.
   *
   * @throws MalformedMessageException when there is none
   */
  static String id(JsonNode object, String... names) throws MalformedMessageException {
    Optional<String> id = anyId(object, names);
    return id.orElseThrow(
        () -> new MalformedMessageException(MalformedReason.BAD_ID, "no decimal " + names[0]));
  }

  /** An id that may be absent. */
  Optional<String> optionalId(JsonNode object, String... names) {
    Optional<String> id = anyId(object, names);
    return id.isEmpty() && isThere(object, names) ? leftOut() : id;
  }

  private static Optional<String> anyId(JsonNode object, String... names) {
    for (String name : names) {
      JsonNode value = object.path(name);
      if (!value.isMissingNode() && !value.isNull()) {
        boolean number = value.isTextual() || value.isIntegralNumber();
        return Optional.of(value.asText()).filter(id -> number && ID.matcher(id).matches());
      }
    }
    return Optional.empty();
  }

  private static boolean isThere(JsonNode object, String... names) {
    for (String name : names) {
      if (object.hasNonNull(name)) {
        return true;
      }
    }
    return !object.isMissingNode() && !object.isNull() && !object.isObject();
  }

  /** A text of 1 to {@code max} characters that may be absent. */
  Optional<String> optionalText(JsonNode object, String name, int max) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    String text = value.isTextual() ? value.textValue() : "";
    return text.isEmpty() || text.length() > max || !isUnicode(text)
        ? leftOut()
        : Optional.of(text);
  }

  /** The first that is there, or null. */
  static JsonNode firstOf(JsonNode... values) {
    for (JsonNode value : values) {
      if (!value.isMissingNode() && !value.isNull()) {
        return value;
      }
    }
    return null;
  }

  /**
   * The text of a tweet without its escapes.
   *
   * @param value null when the message has none
   * @throws MalformedMessageException when it cannot be stored
   */
  static String tweetText(JsonNode value) throws MalformedMessageException {
    if (value == null || !value.isTextual()) {
      throw new MalformedMessageException(MalformedReason.BAD_TEXT, "no text");
    }
    String text = HtmlEscapes.removedFrom(value.textValue());
    if (text.length() > MAX_TEXT_CHARACTERS) {
      throw new MalformedMessageException(
          MalformedReason.TEXT_TOO_LONG, "more than " + MAX_TEXT_CHARACTERS + " characters");
    }
    if (!isUnicode(text)) {
      throw new MalformedMessageException(
          MalformedReason.BAD_TEXT, "the text holds half of a surrogate pair");
    }
    return text;
  }

  private static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
