package dev.sluice.producers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What a replay needs to know of a line of tweets: the tweet that it is about, and when that was
 * written. Reads the status of Twitter's API v1.1, the {@code data} of v2, and delete notices.
 * Whatever else a line holds has neither.
 */
public final class TweetLines implements LineTimes {
  /** v1.1's {@code created_at}: {@code Wed Oct 10 20:19:24 +0000 2018}. */
  private static final DateTimeFormatter CREATED_AT =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z uuuu", Locale.ENGLISH);

  private final JsonFactory json = new JsonFactory();

  /** Of one line; what is not there is null. */
  private static final class Found {
    private String idText;
    private String id;
    private String createdAt;
    private String timestampMillis;

    private String tweet() {
      return idText == null ? id : idText;
    }
  }

  /**
   * Keys a line by the id of its tweet, so that a tweet, what comes again of it, and the notice of
   * its deletion go to one shard. A line without an id has its number as key.
   */
  public PartitionKeys byTweet() {
    PartitionKeys fallback = PartitionKeys.lineNumber();
    return (line, length, lineNumber) -> {
      String id = read(line, length).tweet();
      return id == null || id.isEmpty() || id.length() > PartitionKeys.MAX_KEY_CHARACTERS
          ? fallback.keyOf(line, length, lineNumber)
          : id;
    };
  }

  @Override
  public OptionalLong timeOf(byte[] line, int length) {
    Found found = read(line, length);
    try {
      if (found.timestampMillis != null) {
        return OptionalLong.of(Long.parseLong(found.timestampMillis));
      }
      if (found.createdAt == null) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(
          found.createdAt.endsWith("Z")
              ? Instant.parse(found.createdAt).toEpochMilli()
              : OffsetDateTime.parse(found.createdAt, CREATED_AT).toInstant().toEpochMilli());
    } catch (NumberFormatException | DateTimeException noTime) {
      return OptionalLong.empty();
    }
  }

  private Found read(byte[] line, int length) {
    var found = new Found();
    try (JsonParser parser = json.createParser(line, 0, length)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        readObject(parser, found);
      }
    } catch (IOException noJson) {
      // what was found before the fault is as good as any
    }
    return found;
  }

  /** Goes down where a tweet's own fields are, and nowhere else. */
  private static void readObject(JsonParser parser, Found found) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT && isAboutATweet(name)) {
        readObject(parser, found);
      } else if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
        take(name, parser.getText(), found);
      } else {
        parser.skipChildren();
      }
    }
  }

  /** v2's data, and a delete notice with its status. */
  private static boolean isAboutATweet(String name) {
    return name.equals("data") || name.equals("delete") || name.equals("status");
  }

  private static void take(String name, String text, Found found) {
    switch (name) {
      case "id_str" -> found.idText = text;
      case "id" -> found.id = text;
      case "created_at" -> found.createdAt = text;
      case "timestamp_ms" -> found.timestampMillis = text;
      default -> {
        // no business of a replay
      }
    }
  }
}
