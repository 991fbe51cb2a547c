package dev.sluice.tweets.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.tweets.message.StreamMessage.Photo;
import dev.sluice.tweets.message.StreamMessage.Tweet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a status of version 1.1 in any of its forms. */
final class V1Reader {
  private static final int MAX_DATE_CHARACTERS = 100;

  private V1Reader() {}

  static Tweet read(JsonNode status) throws MalformedMessageException {
    String id = JsonFields.id(status, "id_str", "id");
    JsonNode repeated = status.path("retweeted_status");
    JsonNode text = text(repeated);
    var fields = new JsonFields();
    String plain = JsonFields.tweetText(text == null ? text(status) : text);
    List<Photo> photos = photos(media(status, repeated), fields);
    Optional<String> date = fields.optionalText(status, "created_at", MAX_DATE_CHARACTERS);
    Optional<String> instant = date.flatMap(CreationDate::instant);
    if (date.isPresent() && instant.isEmpty()) {
      fields.leftOut();
    }
    JsonNode user = status.path("user");
    Optional<String> authorId = fields.optionalId(user, "id_str", "id");
    Optional<String> authorName =
        fields.optionalText(user, "screen_name", JsonFields.MAX_NAME_CHARACTERS);
    return new Tweet(id, plain, instant, photos, authorId, authorName, fields.unreadable());
  }

  /** The whole text of a status, or null. */
  private static JsonNode text(JsonNode status) {
    return JsonFields.firstOf(
        status.path("extended_tweet").path("full_text"),
        status.path("full_text"),
        status.path("text"));
  }

  /** A retweet of a long tweet has its photos inside of what it repeats alone. */
  private static JsonNode media(JsonNode status, JsonNode repeated) {
    JsonNode own = media(status);
    return own.isEmpty() ? media(repeated) : own;
  }

  /**
   * The first place that has any media decides, photos or not: {@code entities}, which stands last,
   * calls films photos.
   */
  private static JsonNode media(JsonNode status) {
    JsonNode extended = status.path("extended_tweet");
    JsonNode media = extended.path("extended_entities").path("media");
    if (media.isEmpty()) {
      media = status.path("extended_entities").path("media");
    }
    if (media.isEmpty()) {
      media = extended.path("entities").path("media");
    }
    return media.isEmpty() ? status.path("entities").path("media") : media;
  }

  private static List<Photo> photos(JsonNode media, JsonFields fields) {
    var photos = new ArrayList<Photo>();
    for (JsonNode each : media) {
      if (!each.path("type").asText("").equals("photo")) {
        continue;
      }
      Optional<String> id = fields.optionalId(each, "id_str", "id");
      Optional<String> url =
          fields.optionalText(each, "media_url_https", JsonFields.MAX_URL_CHARACTERS);
      if (id.isPresent() && url.isPresent() && photos.size() < Tweet.MAX_PHOTOS) {
        photos.add(new Photo(id.get(), url.get()));
      } else {
        fields.leftOut();
      }
    }
    return photos;
  }
}
