package dev.sluice.samples.tweets;

import dev.sluice.samples.Dice;
import dev.sluice.samples.tweets.TweetDraft.Author;
import dev.sluice.samples.tweets.TweetDraft.Media;
import dev.sluice.samples.tweets.TweetDraft.MediaKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Draws what people tweet about. Ids grow with the time, as those of Twitter do. */
final class TweetDrafts {
  private static final int AUTHORS = 500;
  private static final int MAX_PHOTOS = 4;
  private static final int ID_TIME_SHIFT = 22; // of an id: milliseconds, then what tells them apart
  private static final long ID_EPOCH_MILLIS = 1_288_834_974_657L;
  private static final Instant START = Instant.parse("2023-05-01T00:00:00Z");
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

  private static final String[] WORDS = {
    "coffee",
    "morning",
    "the",
    "a",
    "train",
    "late",
    "again",
    "river",
    "Q&A",
    "R&D",
    "if a < b",
    "x > y",
    "&",
    "<3",
    "->",
    "&amp;",
    "\"quoted\"",
    "back\\slash",
    "caf\u00e9",
    "na\u00efve",
    "\u6771\u4eac",
    "\u043c\u0438\u0440",
    "\uD83D\uDE00",
    "\uD83D\uDC69\u200D\uD83D\uDE80",
    "\uD83C\uDDE9\uD83C\uDDEA",
    "\u2764\uFE0F",
    "\n",
    "#release",
    "@somebody",
    "rain",
    "sun",
    "graph",
    "really",
    "nobody",
    "everybody",
    "saw",
    "this",
    "coming",
    "1/2",
    "100%",
    "\u2028"
  };

  private final Dice dice;
  private final String photoBase;
  private final List<Author> authors = new ArrayList<>();
  private long serial;
  private Instant time = START;

  TweetDrafts(Dice dice, String photoBase) {
    this.dice = dice;
    this.photoBase = photoBase;
    for (int i = 0; i < AUTHORS; i++) {
      String name = letters(dice.between(4, 15));
      authors.add(new Author(dice.nextLong() >>> 4, name, "The <" + name + "> & Co."));
    }
  }

  TweetDraft next() {
    double kind = dice.unit();
    if (kind < 0.15) {
      TweetDraft repeated = original();
      return draft(repeated.text(), List.of(), repeated, null);
    }
    if (kind < 0.25) {
      TweetDraft quoted = original();
      return draft(text(), media(), null, quoted);
    }
    return original();
  }

  private TweetDraft original() {
    return draft(text(), media(), null, null);
  }

  private TweetDraft draft(
      String text, List<Media> media, TweetDraft retweeted, TweetDraft quoted) {
    time = time.plusSeconds(dice.below(30));
    Author author = authors.get(dice.below(AUTHORS));
    return new TweetDraft(nextId(), author, time, text, media, retweeted, quoted);
  }

  private long nextId() {
    serial++;
    return (time.toEpochMilli() - ID_EPOCH_MILLIS << ID_TIME_SHIFT) + serial;
  }

  private String text() {
    double length = dice.unit();
    int words = length < 0.6 ? dice.between(1, 12) : dice.between(20, 45);
    if (length > 0.97) {
      words = dice.between(100, 300); // a note
    }
    var text = new StringBuilder(dice.oneOf(WORDS));
    for (int i = 1; i < words; i++) {
      text.append(' ').append(dice.oneOf(WORDS));
    }
    return text.toString();
  }

  private List<Media> media() {
    double kind = dice.unit();
    if (kind < 0.6) {
      return List.of();
    }
    if (kind < 0.65) {
      return List.of(media(MediaKind.VIDEO));
    }
    if (kind < 0.7) {
      return List.of(media(MediaKind.GIF));
    }
    var photos = new ArrayList<Media>();
    int count = kind < 0.9 ? 1 : dice.between(2, MAX_PHOTOS);
    for (int i = 0; i < count; i++) {
      photos.add(media(MediaKind.PHOTO));
    }
    return photos;
  }

  private Media media(MediaKind kind) {
    String name = "F" + letters(14) + "." + dice.oneOf(SamplePhoto.EXTENSIONS);
    return new Media(kind, new SamplePhoto(Long.toString(nextId()), photoBase + name, name));
  }

  private String letters(int count) {
    var letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append(LETTERS.charAt(dice.below(LETTERS.length())));
    }
    return letters.toString();
  }
}
