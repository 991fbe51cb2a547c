package dev.sluice.samples.tweets;

import dev.sluice.samples.Dice;
import java.nio.charset.StandardCharsets;

/** Messages of a stream that are no tweets. */
final class OtherMessages {
  private static final int DEEP = 5_000;

  private static final String[] CONTROL = {
    "",
    "\r",
    "{\"limit\":{\"track\":1234,\"timestamp_ms\":\"1683000000000\"}}",
    "{\"scrub_geo\":{\"user_id\":14090452,\"user_id_str\":\"14090452\","
        + "\"up_to_status_id\":23260136625,\"up_to_status_id_str\":\"23260136625\"}}",
    "{\"status_withheld\":{\"id\":1234567890,\"user_id\":123456,"
        + "\"withheld_in_countries\":[\"DE\",\"AR\"]}}",
    "{\"user_withheld\":{\"id\":123456,\"withheld_in_countries\":[\"DE\",\"AR\"]}}",
    "{\"disconnect\":{\"code\":4,\"stream_name\":\"\",\"reason\":\"of our own\"}}",
    "{\"warning\":{\"code\":\"FALLING_BEHIND\",\"message\":\"slow\",\"percent_full\":60}}",
    "{\"errors\":[{\"title\":\"operational-disconnect\","
        + "\"disconnect_type\":\"OperationalDisconnect\",\"detail\":\"again later\","
        + "\"type\":\"https://api.twitter.com/2/problems/operational-disconnect\"}]}"
  };

  private static final String[] MALFORMED = {
    "nonsense",
    "{\"id_str\":\"1\",\"text\":\"cut o",
    "[]",
    "7",
    "null",
    "\"text\"",
    "{}",
    "{\"text\":\"no id\"}",
    "{\"id_str\":\"12\"}",
    "{\"id_str\":[1],\"text\":\"its id is no id\"}",
    "{\"id_str\":\"../../etc\",\"text\":\"its id is a path\"}",
    "{\"id_str\":\"-4\",\"text\":\"its id is negative\"}",
    "{\"id_str\":\"13\",\"text\":{\"deep\":1}}",
    "{\"id_str\":\"14\",\"text\":\"half \\ud83d of a pair\"}",
    "{\"id_str\":\"15\",\"text\":\"a\"} {\"id_str\":\"16\",\"text\":\"b\"}",
    "{\"data\":7}",
    "{\"data\":{\"id\":\"17\"}}",
    "{\"data\":[{\"id\":\"18\",\"text\":\"a list\"}]}",
    "{\"delete\":{\"status\":{}}}",
    "{\"delete\":7}",
    "{\"friends\":[1,2,3]}"
  };

  private OtherMessages() {}

  /** A message about the stream; it may be blank. */
  static byte[] control(Dice dice) {
    return utf8(dice.oneOf(CONTROL));
  }

  /** A message to remove a tweet, in the words of version 1.1 or 2. */
  static byte[] delete(long tweetId, long authorId, boolean version2) {
    var json = new JsonLine(true);
    String id = Long.toString(tweetId);
    String author = Long.toString(authorId);
    if (version2) {
      json.open("data").open("delete");
      json.open("tweet").put("id", id).put("author_id", author).close();
      json.put("event_at", "2023-05-02T12:00:00.000Z").close().close();
    } else {
      json.open("delete").open("status");
      json.put("id", tweetId).put("id_str", id).put("user_id", authorId).put("user_id_str", author);
      json.close().put("timestamp_ms", "1683028800000").close();
    }
    return json.bytes();
  }

  /** What nobody can read, or nobody should store. */
  static byte[] malformed(Dice dice) {
    int choice = dice.below(MALFORMED.length + 2);
    if (choice == MALFORMED.length) {
      return utf8("{\"id_str\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}");
    }
    if (choice > MALFORMED.length) {
      byte[] bytes = utf8("{\"id_str\":\"19\",\"text\":\"no UTF-8: ?\"}");
      bytes[bytes.length - 3] = (byte) 0xFF;
      return bytes;
    }
    return utf8(MALFORMED[choice]);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
