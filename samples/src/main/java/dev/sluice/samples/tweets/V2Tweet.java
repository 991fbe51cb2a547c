package dev.sluice.samples.tweets;

import dev.sluice.samples.tweets.TweetDraft.Author;
import dev.sluice.samples.tweets.TweetDraft.Media;
import dev.sluice.samples.tweets.TweetDraft.MediaKind;
import java.util.ArrayList;
import java.util.List;

/** Writes a draft as version 2 of the API has it: the tweet, and beside it what it refers to. */
final class V2Tweet {
  /** Characters of a tweet that is no note. */
  private static final int MAX_TEXT = 280;

  private V2Tweet() {}

  static byte[] bytes(TweetDraft draft) {
    var json = new JsonLine(false);
    TweetDraft other = draft.retweeted() == null ? draft.quoted() : draft.retweeted();
    json.open("data");
    writeTweet(draft, json);
    json.close();
    json.open("includes");
    json.openArray("users");
    if (other != null) {
      writeUser(other.author(), json); // first, so that the author has to be looked for
    }
    writeUser(draft.author(), json);
    json.closeArray();
    writeMedia(draft, other, json);
    if (other != null) {
      json.openArray("tweets").open();
      writeTweet(other, json);
      json.close().closeArray();
    }
    json.close();
    json.openArray("matching_rules").open().put("id", "1").put("tag", "all").close().closeArray();
    return json.bytes();
  }

  private static void writeTweet(TweetDraft draft, JsonLine json) {
    boolean retweet = draft.retweeted() != null;
    String text = retweet ? draft.retweetText(V1Tweet.OLD_TEXT) : draft.text();
    boolean note = text.codePointCount(0, text.length()) > MAX_TEXT;
    json.put("id", Long.toString(draft.id()));
    json.put("text", TweetDraft.escaped(note ? TweetDraft.cut(text, MAX_TEXT) : text));
    json.put("created_at", draft.created().toString().replace("Z", ".000Z"));
    json.put("author_id", Long.toString(draft.author().id()));
    json.openArray("edit_history_tweet_ids").add(Long.toString(draft.id())).closeArray();
    if (note) {
      json.open("note_tweet").put("text", TweetDraft.escaped(text)).close();
    }
    if (!draft.media().isEmpty()) {
      json.open("attachments").openArray("media_keys");
      draft.media().forEach(media -> json.add(media.key()));
      json.closeArray().close();
    }
    if (retweet || draft.quoted() != null) {
      json.openArray("referenced_tweets").open();
      json.put("type", retweet ? "retweeted" : "quoted");
      json.put("id", Long.toString((retweet ? draft.retweeted() : draft.quoted()).id()));
      json.close().closeArray();
    }
  }

  private static void writeUser(Author author, JsonLine json) {
    json.open().put("id", Long.toString(author.id())).put("name", author.name());
    json.put("username", author.userName()).close();
  }

  /** All that the tweets attach, the other's first: keys tell whose is which. */
  private static void writeMedia(TweetDraft draft, TweetDraft other, JsonLine json) {
    List<Media> media = new ArrayList<>(other == null ? List.of() : other.media());
    media.addAll(draft.media());
    if (media.isEmpty()) {
      return;
    }
    json.openArray("media");
    for (Media each : media) {
      boolean photo = each.kind() == MediaKind.PHOTO;
      json.open().put("media_key", each.key()).put("type", each.kind().type);
      json.put(photo ? "url" : "preview_image_url", each.photo().url());
      json.put("width", 1200).put("height", 675).close();
    }
    json.closeArray();
  }
}
