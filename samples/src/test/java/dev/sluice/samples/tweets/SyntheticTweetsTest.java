package dev.sluice.samples.tweets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.samples.tweets.SampleMessage.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the generated stream holds. */
class SyntheticTweetsTest {
  private static final int TWEETS = 3_000;

  private final ObjectMapper json = new ObjectMapper();
  private final SyntheticTweets tweets =
      SyntheticTweets.of(3, TWEETS, TweetOptions.defaults().withMalformedShare(0.05));

  private static byte[] bytes(SyntheticTweets tweets) throws IOException {
    var out = new ByteArrayOutputStream();
    tweets.writeTo(out);
    return out.toByteArray();
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    assertThat(bytes(SyntheticTweets.of(7, 200, TweetOptions.defaults())))
        .isEqualTo(bytes(SyntheticTweets.of(7, 200, TweetOptions.defaults())))
        .isNotEqualTo(bytes(SyntheticTweets.of(8, 200, TweetOptions.defaults())));
  }

  @Test
  void messagesAreOneLineOfJsonEach() throws IOException {
    for (SampleMessage message : tweets.messages()) {
      assertThat(message.bytes()).doesNotContain((byte) '\n');
      boolean blank = new String(message.bytes(), UTF_8).isBlank();
      if (message.kind() != Kind.MALFORMED && !blank) {
        assertThat(json.readTree(message.bytes()).isObject()).isTrue();
      }
      assertThat(blank && message.kind() != Kind.CONTROL).isFalse();
    }
  }

  @Test
  void everyFormIsThere() {
    String all =
        String.join(
            "\n",
            tweets.messages().stream().map(message -> new String(message.bytes(), UTF_8)).toList());
    assertThat(all)
        .contains(
            "\"full_text\"",
            "\"extended_tweet\"",
            "\"extended_entities\"",
            "\"retweeted_status\"",
            "\"quoted_status\"",
            "\"type\":\"animated_gif\"",
            "\"type\":\"video\"",
            "\"includes\"",
            "\"note_tweet\"",
            "\"type\":\"retweeted\"",
            "\"type\":\"quoted\"",
            "\"limit\"",
            "\"scrub_geo\"",
            "\"status_withheld\"",
            "\"user_withheld\"",
            "\"disconnect\"",
            "\"warning\"",
            "&amp;",
            "&lt;",
            "\\ud83d\\ude00",
            "\uD83D\uDE00");
  }

  @Test
  void sharesAreWhatWasAskedFor() {
    var counts = new HashMap<Kind, Integer>();
    tweets.messages().forEach(message -> counts.merge(message.kind(), 1, Integer::sum));
    assertThat(counts.get(Kind.TWEET)).isEqualTo(TWEETS);
    assertThat(counts.get(Kind.DUPLICATE)).isBetween(100, 200);
    assertThat(counts.get(Kind.DELETE)).isEqualTo(tweets.deleted().size()).isBetween(100, 200);
    assertThat(counts.get(Kind.CONTROL)).isBetween(50, 130);
    assertThat(counts.get(Kind.MALFORMED)).isBetween(100, 200);
    assertThat(tweets.stored()).hasSize(TWEETS - tweets.deleted().size());
    assertThat(tweets.stored()).doesNotContainKeys(tweets.deleted().toArray(String[]::new));
  }

  @Test
  void somePhotosComeInNumbersAndEachHasBytesOfItsType() {
    assertThat(tweets.stored().values()).anyMatch(tweet -> tweet.photos().size() == 4);
    assertThat(tweets.stored().values()).anyMatch(tweet -> tweet.firstPhoto().isEmpty());
    var types = new HashSet<String>();
    for (Map.Entry<String, SamplePhoto> photo : tweets.photos().entrySet()) {
      assertThat(photo.getKey()).matches("media/[0-9]+/[0-9]+\\.(jpg|png|gif|webp)");
      assertThat(photo.getValue().url()).startsWith("https://pbs.twimg.com/media/");
      assertThat(photo.getValue().bytes()).isEqualTo(photo.getValue().bytes()).isNotEmpty();
      types.add(photo.getValue().contentType());
    }
    assertThat(types)
        .containsExactlyInAnyOrder("image/jpeg", "image/png", "image/gif", "image/webp");
  }

  @Test
  void aDeleteMayComeBeforeItsTweet() throws IOException {
    var seen = new HashSet<String>();
    int before = 0;
    int after = 0;
    for (SampleMessage message : tweets.messages()) {
      if (message.kind() == Kind.DELETE) {
        JsonNode delete = json.readTree(message.bytes());
        String id = delete.at("/delete/status/id_str").asText("");
        if (id.isEmpty()) {
          id = delete.at("/data/delete/tweet/id").asText();
        }
        assertThat(tweets.deleted()).contains(id);
        if (seen.contains(id)) {
          after++;
        } else {
          before++;
        }
      } else if (message.kind() == Kind.TWEET) {
        JsonNode tweet = json.readTree(message.bytes());
        seen.add(tweet.has("data") ? tweet.at("/data/id").asText() : tweet.get("id_str").asText());
      }
    }
    assertThat(List.of(before, after)).allMatch(count -> count > 10);
  }

  @Test
  void oddNumbersAreRefused() {
    TweetOptions options = TweetOptions.defaults();
    assertThatThrownBy(() -> SyntheticTweets.of(1, 0, options)).hasMessageContaining("0");
    assertThatThrownBy(() -> options.withDeleteShare(1.1)).hasMessageContaining("delete");
    assertThatThrownBy(() -> options.withPhotoBase("https://a.example"))
        .hasMessageContaining("slash");
  }
}
