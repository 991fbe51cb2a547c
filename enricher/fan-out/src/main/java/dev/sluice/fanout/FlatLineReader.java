package dev.sluice.fanout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.enricher.Warning;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads the facts out of one line of {@code flat} JSON with the groups {@code derived} (for the
 * time) and {@code quality} (for anomaly flags). Not thread-safe.
 */
public final class FlatLineReader {
  /** Longer values are cut, so that a window of counts has a bound in bytes. */
  public static final int MAX_VALUE_CHARS = 200;

  private static final long MILLIS = 1_000;
  private static final int NO_STATUS = 0;

  private final JsonFactory json = new JsonFactory();
  private long epochSeconds;
  private int status;
  private boolean anomalous;
  private String host;
  private String country;
  private String page;
  private String device;

  /**
   * The facts of the line in {@code buffer} from {@code from} (in) to {@code to} (out); empty when
   * it is no JSON object.
   */
  public Optional<LineFacts> read(byte[] buffer, int from, int to) {
    epochSeconds = LineFacts.NO_TIME;
    status = NO_STATUS;
    anomalous = false;
    host = null;
    country = null;
    page = null;
    device = null;
    try (JsonParser parser = json.createParser(buffer, from, to - from)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        readValue(key, parser);
      }
    } catch (IOException notJson) {
      return Optional.empty();
    }
    return Optional.of(new LineFacts(epochSeconds, status, anomalous, host, country, page, device));
  }

  private void readValue(String key, JsonParser parser) throws IOException {
    switch (key) {
      case "epoch_millis" -> {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
          epochSeconds = Math.floorDiv(parser.getLongValue(), MILLIS);
        }
      }
      case "response" -> status = status(text(parser));
      case "host" -> host = text(parser);
      case "country" -> country = text(parser);
      case "webpage" -> page = text(parser);
      case "device_type" -> device = text(parser);
      case "warnings" -> readWarnings(parser);
      default -> parser.skipChildren();
    }
  }

  private void readWarnings(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String name = text(parser);
      anomalous |=
          Warning.ANOMALOUS_ERROR_RATE.label().equals(name)
              || Warning.ANOMALOUS_REQUEST_RATE.label().equals(name);
    }
  }

  /** The text, cut between two characters; null for any other value. */
  private static String text(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      parser.skipChildren();
      return null;
    }
    String text = parser.getText();
    if (text.length() <= MAX_VALUE_CHARS) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(MAX_VALUE_CHARS - 1));
    return text.substring(0, splits ? MAX_VALUE_CHARS - 1 : MAX_VALUE_CHARS);
  }

  private static int status(String text) {
    if (text == null || text.length() != 3) {
      return NO_STATUS;
    }
    int status = 0;
    for (int i = 0; i < 3; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return NO_STATUS;
      }
      status = status * 10 + digit;
    }
    return status;
  }
}
