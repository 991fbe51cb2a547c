package dev.sluice.samples.tweets;

import dev.sluice.samples.tweets.TweetDraft.Author;
import dev.sluice.samples.tweets.TweetDraft.Media;
import dev.sluice.samples.tweets.TweetDraft.MediaKind;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;

/** Writes a draft as a status of version 1.1. */
final class V1Tweet {
  /** Characters of a text of the first years. */
  static final int OLD_TEXT = 140;

  private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  /** The forms that a text of version 1.1 has. */
  enum Form {
    /** {@code text}, and a photo in {@code entities} alone. */
    FIRST_YEARS,
    /** {@code text}, and all photos in {@code extended_entities}. */
    OLD,
    /** {@code full_text}. */
    EXTENDED,
    /** A text that was cut off, and the whole in {@code extended_tweet}. */
    COMPATIBILITY
  }

  private V1Tweet() {}

  /** Whether the form has room for the draft. */
  static boolean fits(TweetDraft draft, Form form) {
    int length = draft.text().codePointCount(0, draft.text().length());
    return switch (form) {
      case FIRST_YEARS ->
          length <= OLD_TEXT
              && draft.media().size() <= 1
              && draft.media().stream().allMatch(media -> media.kind() == MediaKind.PHOTO);
      case OLD -> length <= OLD_TEXT;
      case EXTENDED, COMPATIBILITY -> true;
    };
  }

  static byte[] bytes(TweetDraft draft, Form form, boolean ascii) {
    var json = new JsonLine(ascii);
    write(draft, form, json);
    return json.bytes();
  }

  private static void write(TweetDraft draft, Form form, JsonLine json) {
    json.put("created_at", createdAt(draft));
    json.put("id", draft.id()).put("id_str", Long.toString(draft.id()));
    if (draft.retweeted() == null) {
      writeContent(draft, form, json);
    } else {
      writeRetweet(draft, form, json);
    }
    json.put("source", "<a href=\"https://example.com\" rel=\"nofollow\">Invented</a>");
    json.putNull("in_reply_to_status_id").putNull("geo").putNull("coordinates");
    writeUser(draft.author(), json);
    if (draft.quoted() != null) {
      json.put("is_quote_status", true);
      json.put("quoted_status_id_str", Long.toString(draft.quoted().id()));
      json.open("quoted_status");
      write(draft.quoted(), nestedForm(draft.quoted(), form), json);
      json.close();
    }
    json.put("retweet_count", 0).put("favorite_count", 0).put("lang", "en");
    json.put("timestamp_ms", Long.toString(draft.created().toEpochMilli()));
  }

  private static void writeContent(TweetDraft draft, Form form, JsonLine json) {
    String text = TweetDraft.escaped(draft.text());
    switch (form) {
      case FIRST_YEARS -> {
        json.put("text", text).put("truncated", false);
        writeEntities("entities", draft.media(), false, json);
      }
      case OLD -> {
        json.put("text", text).put("truncated", false);
        writeAllEntities(draft.media(), json);
      }
      case EXTENDED -> {
        json.put("full_text", text).put("truncated", false);
        writeAllEntities(draft.media(), json);
      }
      case COMPATIBILITY -> {
        String cut = TweetDraft.cut(draft.text(), OLD_TEXT - 25) + " https://t.co/cutoffhere";
        json.put("text", TweetDraft.escaped(cut)).put("truncated", true);
        json.open("entities").openArray("hashtags").closeArray().close();
        json.open("extended_tweet").put("full_text", text);
        writeAllEntities(draft.media(), json);
        json.close();
      }
    }
  }

  private static void writeRetweet(TweetDraft draft, Form form, JsonLine json) {
    String name = form == Form.EXTENDED ? "full_text" : "text";
    json.put(name, TweetDraft.escaped(draft.retweetText(OLD_TEXT))).put("truncated", false);
    if (form != Form.COMPATIBILITY) { // there the photos of a long tweet stand inside alone
      writeAllEntities(draft.retweeted().media(), json);
    }
    json.open("retweeted_status");
    write(draft.retweeted(), nestedForm(draft.retweeted(), form), json);
    json.close();
  }

  private static Form nestedForm(TweetDraft nested, Form form) {
    return fits(nested, form) ? form : Form.COMPATIBILITY;
  }

  private static void writeAllEntities(List<Media> media, JsonLine json) {
    writeEntities("entities", media.subList(0, Math.min(1, media.size())), false, json);
    if (!media.isEmpty()) {
      writeEntities("extended_entities", media, true, json);
    }
  }

  /**
   * Photos and films.
   *
   * @param told whether films are told from photos: {@code entities} calls all of them photos
   */
  private static void writeEntities(String name, List<Media> media, boolean told, JsonLine json) {
    json.open(name);
    if (!told) {
      json.openArray("hashtags").closeArray().openArray("urls").closeArray();
    }
    if (!media.isEmpty()) {
      json.openArray("media");
      for (Media each : media) {
        String id = each.photo().mediaId();
        String url = each.photo().url();
        json.open().put("id", Long.parseLong(id)).put("id_str", id);
        json.openArray("indices").add(0).add(23).closeArray();
        json.put("media_url", url.replaceFirst("^https:", "http:")).put("media_url_https", url);
        json.put("type", told ? each.kind().type : MediaKind.PHOTO.type).close();
      }
      json.closeArray();
    }
    json.close();
  }

  private static void writeUser(Author author, JsonLine json) {
    json.open("user").put("id", author.id()).put("id_str", Long.toString(author.id()));
    json.put("name", author.name()).put("screen_name", author.userName());
    json.put("verified", false).put("followers_count", 7).close();
  }

  /** Such as {@code Wed Oct 10 20:19:24 +0000 2018}. */
  private static String createdAt(TweetDraft draft) {
    ZonedDateTime time = draft.created().atZone(ZoneOffset.UTC);
    return String.format(
        Locale.ROOT,
        "%s %s %02d %02d:%02d:%02d +0000 %04d",
        DAYS[time.getDayOfWeek().getValue() - 1],
        MONTHS[time.getMonthValue() - 1],
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond(),
        time.getYear());
  }
}
