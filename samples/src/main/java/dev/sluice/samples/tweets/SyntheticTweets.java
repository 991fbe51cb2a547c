package dev.sluice.samples.tweets;

import dev.sluice.samples.Dice;
import dev.sluice.samples.tweets.SampleMessage.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A stream of tweets as a client of the API gets it, and what must be stored of it. The same seed
 * and options give the same bytes on every machine and JDK, for as long as the tables of this
 * package stay as they are.
 *
 * <p>Duplicates and deletes come near their tweets, deletes also before them; what must be stored
 * is the same in any other order. It is told from the drafts that the messages are written from,
 * and not by reading them.
 */
public final class SyntheticTweets {
  /** Everything is in memory: some 2 kB a tweet. */
  public static final int MAX_TWEETS = 100_000;

  private static final int LATER = 60;
  private static final int EARLIER = 20;

  private final Dice dice;
  private final TweetOptions options;
  private final List<Placed> placed = new ArrayList<>();
  private final Map<String, StoredTweet> stored = new LinkedHashMap<>();
  private final Set<String> deleted = new LinkedHashSet<>();

  private record Placed(double place, SampleMessage message) {}

  private SyntheticTweets(long seed, TweetOptions options) {
    this.dice = new Dice(seed);
    this.options = options;
  }

  /**
   * Makes a stream.
   *
   * @param tweets different ones, 1 to {@link #MAX_TWEETS}; other messages come on top
   */
  public static SyntheticTweets of(long seed, int tweets, TweetOptions options) {
    if (tweets < 1 || tweets > MAX_TWEETS) {
      throw new IllegalArgumentException("tweets out of range: " + tweets);
    }
    var all = new SyntheticTweets(seed, options);
    var drafts = new TweetDrafts(all.dice, options.photoBase());
    for (int i = 0; i < tweets; i++) {
      all.add(i, drafts.next());
    }
    all.placed.sort(Comparator.comparingDouble(Placed::place)); // stable
    return all;
  }

  private void add(int place, TweetDraft draft) {
    byte[] bytes = written(draft);
    String id = Long.toString(draft.id());
    place(place, bytes, Kind.TWEET);
    if (dice.chance(options.duplicateShare())) {
      place(place + dice.unit() * LATER, dice.chance(0.5) ? bytes : written(draft), Kind.DUPLICATE);
    }
    if (dice.chance(options.deleteShare())) {
      double when = place + dice.unit() * (EARLIER + LATER) - EARLIER;
      byte[] delete = OtherMessages.delete(draft.id(), draft.author().id(), dice.chance(0.2));
      place(when, delete, Kind.DELETE);
      deleted.add(id);
    } else {
      stored.put(id, draft.stored());
    }
    if (dice.chance(options.controlShare())) {
      place(place + dice.unit(), OtherMessages.control(dice), Kind.CONTROL);
    }
    if (dice.chance(options.malformedShare())) {
      place(place + dice.unit(), OtherMessages.malformed(dice), Kind.MALFORMED);
    }
  }

  private void place(double place, byte[] bytes, Kind kind) {
    placed.add(new Placed(place, new SampleMessage(bytes, kind)));
  }

  /** In one of the forms that have room for it. */
  private byte[] written(TweetDraft draft) {
    if (dice.chance(0.35)) {
      return V2Tweet.bytes(draft);
    }
    V1Tweet.Form form = dice.oneOf(V1Tweet.Form.values());
    return V1Tweet.bytes(
        draft, V1Tweet.fits(draft, form) ? form : V1Tweet.Form.COMPATIBILITY, dice.chance(0.5));
  }

  /** In the order in which they come. */
  public List<SampleMessage> messages() {
    return placed.stream().map(Placed::message).toList();
  }

  /** Tweets that must be there in the end, by id. */
  public Map<String, StoredTweet> stored() {
    return Map.copyOf(stored);
  }

  /** Ids of tweets that must not be there, and never come back. */
  public Set<String> deleted() {
    return Set.copyOf(deleted);
  }

  /** Photos that must be there in the end, by the object's key. */
  public Map<String, SamplePhoto> photos() {
    var photos = new LinkedHashMap<String, SamplePhoto>();
    for (StoredTweet tweet : stored.values()) {
      for (SamplePhoto photo : tweet.photos()) {
        String name = photo.mediaId() + "." + photo.extension();
        photos.put("media/" + tweet.tweetId() + "/" + name, photo);
      }
    }
    return photos;
  }

  /** Writes the messages, each with a line feed. The stream is not closed. */
  public void writeTo(OutputStream out) throws IOException {
    for (Placed each : placed) {
      out.write(each.message().bytes());
      out.write('\n');
    }
  }
}
