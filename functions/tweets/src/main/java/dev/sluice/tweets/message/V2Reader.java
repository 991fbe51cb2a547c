package dev.sluice.tweets.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.tweets.message.StreamMessage.Photo;
import dev.sluice.tweets.message.StreamMessage.Tweet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a tweet of version 2: the tweet itself, and what it refers to in {@code includes}. */
final class V2Reader {
  private static final int MAX_DATE_CHARACTERS = 100;

  /** Keys that are looked for among the media, one by one. */
  private static final int MAX_MEDIA_KEYS = 25;

  /** Type and id, such as {@code 3_1263145271946551300}. */
  private static final Pattern MEDIA_KEY = Pattern.compile("(?:[0-9]{1,3}_)?([A-Za-z0-9_-]{1,64})");

  private static final JsonNode MISSING = MissingNode.getInstance();

  private V2Reader() {}

  static Tweet read(JsonNode data, JsonNode includes) throws MalformedMessageException {
    String id = JsonFields.id(data, "id");
    JsonNode repeated = repeated(data, includes);
    JsonNode text = text(repeated);
    var fields = new JsonFields();
    String plain = JsonFields.tweetText(text == null ? text(data) : text);
    JsonNode keys = data.path("attachments").path("media_keys");
    if (keys.isEmpty()) {
      keys = repeated.path("attachments").path("media_keys");
    }
    List<Photo> photos = photos(keys, includes.path("media"), fields);
    Optional<String> date = fields.optionalText(data, "created_at", MAX_DATE_CHARACTERS);
    Optional<String> instant = date.flatMap(CreationDate::instant);
    if (date.isPresent() && instant.isEmpty()) {
      fields.leftOut();
    }
    Optional<String> authorId = fields.optionalId(data, "author_id");
    JsonNode author = authorId.map(key -> found(includes.path("users"), "id", key)).orElse(MISSING);
    Optional<String> authorName =
        fields.optionalText(author, "username", JsonFields.MAX_NAME_CHARACTERS);
    return new Tweet(id, plain, instant, photos, authorId, authorName, fields.unreadable());
  }

  /** The tweet that this one repeats, where the message has it. */
  private static JsonNode repeated(JsonNode data, JsonNode includes) {
    for (JsonNode reference : data.path("referenced_tweets")) {
      if (reference.path("type").asText("").equals("retweeted")) {
        return found(includes.path("tweets"), "id", reference.path("id").asText(""));
      }
    }
    return MISSING;
  }

  private static JsonNode text(JsonNode tweet) {
    return JsonFields.firstOf(tweet.path("note_tweet").path("text"), tweet.path("text"));
  }

  private static List<Photo> photos(JsonNode keys, JsonNode media, JsonFields fields) {
    var photos = new ArrayList<Photo>();
    for (int i = 0; i < keys.size(); i++) {
      if (i == MAX_MEDIA_KEYS) {
        fields.leftOut();
        break;
      }
      JsonNode key = keys.path(i);
      JsonNode found = found(media, "media_key", key.asText(""));
      if (!found.path("type").asText("").equals("photo")) {
        continue;
      }
      var id = MEDIA_KEY.matcher(key.asText(""));
      Optional<String> url = fields.optionalText(found, "url", JsonFields.MAX_URL_CHARACTERS);
      if (id.matches() && url.isPresent() && photos.size() < Tweet.MAX_PHOTOS) {
        photos.add(new Photo(id.group(1), url.get()));
      } else {
        fields.leftOut();
      }
    }
    return photos;
  }

  private static JsonNode found(JsonNode list, String name, String value) {
    for (JsonNode each : list) {
      if (each.path(name).asText("").equals(value)) {
        return each;
      }
    }
    return MISSING;
  }
}
