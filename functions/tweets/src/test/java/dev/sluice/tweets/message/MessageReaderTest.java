package dev.sluice.tweets.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.samples.tweets.SampleMessage;
import dev.sluice.samples.tweets.StoredTweet;
import dev.sluice.samples.tweets.SyntheticTweets;
import dev.sluice.samples.tweets.TweetOptions;
import dev.sluice.tweets.message.StreamMessage.Control;
import dev.sluice.tweets.message.StreamMessage.Delete;
import dev.sluice.tweets.message.StreamMessage.Photo;
import dev.sluice.tweets.message.StreamMessage.Tweet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every form of a message. */
class MessageReaderTest {

  private static StreamMessage read(String json) throws MalformedMessageException {
    return MessageReader.read(json.getBytes(UTF_8));
  }

  private static Tweet tweet(String json) throws MalformedMessageException {
    return (Tweet) read(json);
  }

  private static MalformedReason reason(byte[] record) {
    return catchThrowableOfType(MalformedMessageException.class, () -> MessageReader.read(record))
        .reason();
  }

  private static MalformedReason reason(String json) {
    return reason(json.getBytes(UTF_8));
  }

  private static String media(String type, String id) {
    return "{\"id\":7,\"id_str\":\""
        + id
        + "\",\"type\":\""
        + type
        + "\",\"media_url\":\"http://pbs.twimg.com/"
        + id
        + "\",\"media_url_https\":\"https://pbs.twimg.com/media/"
        + id
        + ".jpg\"}";
  }

  private static Photo photo(String id) {
    return new Photo(id, "https://pbs.twimg.com/media/" + id + ".jpg");
  }

  @Test
  void readsAStatusOfTheFirstYears() throws MalformedMessageException {
    Tweet tweet =
        tweet(
            """
            {"created_at":"Wed Oct 10 20:19:24 +0000 2018","id":1050118621198921728,
             "id_str":"1050118621198921728","text":"Fish &amp; chips &lt;3 -&gt; &quot;&amp;lt;",
             "user":{"id":6253282,"id_str":"6253282","screen_name":"somebody"},
             "entities":{"media":[%s]}}
            """
                .formatted(media("photo", "11")));
    assertThat(tweet)
        .isEqualTo(
            new Tweet(
                "1050118621198921728",
                "Fish & chips <3 -> &quot;&lt;",
                Optional.of("2018-10-10T20:19:24Z"),
                List.of(photo("11")),
                Optional.of("6253282"),
                Optional.of("somebody"),
                0));
  }

  @Test
  void theWholeTextIsTheOneThatWasNotCutOff() throws MalformedMessageException {
    assertThat(tweet("{\"id_str\":\"1\",\"full_text\":\"whole\",\"text\":\"cut\"}").text())
        .isEqualTo("whole");
    String extended = "\"extended_tweet\":{\"full_text\":\"more\"}";
    assertThat(tweet("{\"id_str\":\"1\",\"text\":\"cut\"," + extended + "}").text())
        .isEqualTo("more");
    String retweet =
        "{\"id_str\":\"2\",\"text\":\"RT @a: cu\",\"retweeted_status\":"
            + "{\"id_str\":\"1\",\"text\":\"cut\","
            + extended
            + "}}";
    assertThat(tweet(retweet).text()).isEqualTo("more");
    assertThat(tweet(retweet).id()).isEqualTo("2");
    String quote =
        "{\"id_str\":\"3\",\"text\":\"look\",\"quoted_status\":{\"id_str\":\"1\",\"text\":\"x\"}}";
    assertThat(tweet(quote).text()).isEqualTo("look");
    assertThat(tweet("{\"id_str\":\"1\",\"full_text\":null,\"text\":\"\"}").text()).isEmpty();
  }

  @Test
  void photosAreThoseOfTheFirstPlaceThatHasMedia() throws MalformedMessageException {
    String first = "\"extended_entities\":{\"media\":[" + media("photo", "1") + "]}";
    String second =
        "\"extended_entities\":{\"media\":["
            + media("photo", "2")
            + ","
            + media("photo", "3")
            + "]}";
    String last = "\"entities\":{\"media\":[" + media("photo", "4") + "]}";
    String begin = "{\"id_str\":\"1\",\"text\":\"a\",";
    assertThat(tweet(begin + "\"extended_tweet\":{" + first + "}," + second + "}").photos())
        .containsExactly(photo("1"));
    assertThat(
            tweet(begin + second + ",\"extended_tweet\":{\"full_text\":\"a\"}," + last + "}")
                .photos())
        .containsExactly(photo("2"), photo("3"));
    assertThat(tweet(begin + "\"extended_tweet\":{" + last + "}}").photos())
        .containsExactly(photo("4"));
    String film = "\"extended_entities\":{\"media\":[" + media("video", "2") + "]}";
    assertThat(tweet(begin + film + "," + last + "}").photos()).isEmpty();
    String gif = "\"extended_entities\":{\"media\":[" + media("animated_gif", "2") + "]}";
    assertThat(tweet(begin + gif + "," + last + "}").photos()).isEmpty();
    assertThat(tweet(begin + "\"retweeted_status\":{\"text\":\"b\"," + second + "}}").photos())
        .containsExactly(photo("2"), photo("3"));
    assertThat(tweet(begin + "\"quoted_status\":{\"text\":\"b\"," + second + "}}").photos())
        .isEmpty();
  }

  @Test
  void readsVersion2WithWhatItRefersTo() throws MalformedMessageException {
    Tweet tweet =
        tweet(
            """
            {"data":{"id":"20","text":"cut &amp;","author_id":"7","created_at":"2023-05-01T12:00:00.000Z",
              "note_tweet":{"text":"a note &amp; more"},"attachments":{"media_keys":["3_31","16_33","3_30"]}},
             "includes":{"users":[{"id":"8","username":"other"},{"id":"7","username":"author"}],
              "media":[{"media_key":"3_30","type":"photo","url":"https://pbs.twimg.com/media/30.jpg"},
               {"media_key":"16_33","type":"animated_gif","preview_image_url":"https://x.example/g"},
               {"media_key":"3_39","type":"photo","url":"https://pbs.twimg.com/media/39.jpg"},
               {"media_key":"3_31","type":"photo","url":"https://pbs.twimg.com/media/31.jpg"}]}}
            """);
    assertThat(tweet)
        .isEqualTo(
            new Tweet(
                "20",
                "a note & more",
                Optional.of("2023-05-01T12:00:00Z"),
                List.of(photo("31"), photo("30")),
                Optional.of("7"),
                Optional.of("author"),
                0));
  }

  @Test
  void readsTheLeastThatVersion2Sends() throws MalformedMessageException {
    assertThat(tweet("{\"data\":{\"id\":\"20\",\"text\":\"a\"}}"))
        .isEqualTo(
            new Tweet(
                "20", "a", Optional.empty(), List.of(), Optional.empty(), Optional.empty(), 0));
  }

  @Test
  void aRetweetOfVersion2HasTheContentOfWhatItRepeats() throws MalformedMessageException {
    Tweet tweet =
        tweet(
            """
            {"data":{"id":"20","text":"RT @a: cu","referenced_tweets":[{"type":"retweeted","id":"19"}]},
             "includes":{"tweets":[{"id":"19","text":"cut","note_tweet":{"text":"whole"},
               "attachments":{"media_keys":["3_30"]}}],
              "media":[{"media_key":"3_30","type":"photo","url":"https://pbs.twimg.com/media/30.jpg"}]}}
            """);
    assertThat(tweet.text()).isEqualTo("whole");
    assertThat(tweet.photos()).containsExactly(photo("30"));
    String alone =
        "{\"data\":{\"id\":\"20\",\"text\":\"RT\",\"referenced_tweets\":[{\"type\":\"retweeted\"}]}}";
    assertThat(tweet(alone).text()).isEqualTo("RT");
  }

  @Test
  void aDeleteNamesItsTweet() throws MalformedMessageException {
    assertThat(read("{\"delete\":{\"status\":{\"id\":1234,\"id_str\":\"1234\",\"user_id\":3}}}"))
        .isEqualTo(new Delete("1234"));
    assertThat(read("{\"delete\":{\"status\":{\"id\":1234}}}")).isEqualTo(new Delete("1234"));
    assertThat(read("{\"data\":{\"delete\":{\"tweet\":{\"id\":\"5\",\"author_id\":\"6\"}}}}"))
        .isEqualTo(new Delete("5"));
    assertThat(reason("{\"delete\":{\"status\":{\"id_str\":\"x\"}}}"))
        .isEqualTo(MalformedReason.BAD_ID);
    assertThat(reason("{\"delete\":[]}")).isEqualTo(MalformedReason.BAD_ID);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'';KEEP_ALIVE",
        "'\r\n';KEEP_ALIVE",
        "{\"limit\":{\"track\":1}};LIMIT",
        "{\"limit\":null};LIMIT",
        "{\"scrub_geo\":{\"user_id\":1}};SCRUB_GEO",
        "{\"status_withheld\":{\"id\":1}};STATUS_WITHHELD",
        "{\"user_withheld\":{\"id\":1}};USER_WITHHELD",
        "{\"disconnect\":{\"code\":4}};DISCONNECT",
        "{\"warning\":{\"code\":\"x\"}};WARNING",
        "{\"errors\":[{\"title\":\"x\"}]};DISCONNECT",
        "{\"data\":{\"withheld\":{\"tweet\":{\"id\":\"1\"}}}};STATUS_WITHHELD"
      })
  void controlMessagesAreTold(String json, Control.Kind kind) throws MalformedMessageException {
    assertThat(read(json)).isEqualTo(new Control(kind));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nonsense;NOT_JSON",
        "{\"id_str\":\"1\";NOT_JSON",
        "{\"id_str\":\"1\",\"text\":\"a\"}{};NOT_JSON",
        "[];NOT_AN_OBJECT",
        "7;NOT_AN_OBJECT",
        "null;NOT_AN_OBJECT",
        "{};UNKNOWN_MESSAGE",
        "{\"friends\":[1]};UNKNOWN_MESSAGE",
        "{\"errors\":7};UNKNOWN_MESSAGE",
        "{\"data\":[]};UNKNOWN_MESSAGE",
        "{\"data\":{}};BAD_ID",
        "{\"text\":\"a\"};BAD_ID",
        "{\"id_str\":\"\",\"text\":\"a\"};BAD_ID",
        "{\"id_str\":\"-1\",\"text\":\"a\"};BAD_ID",
        "{\"id_str\":\"../1\",\"text\":\"a\"};BAD_ID",
        "{\"id\":1.5,\"text\":\"a\"};BAD_ID",
        "{\"id\":123456789012345678901,\"text\":\"a\"};BAD_ID",
        "{\"id_str\":true,\"id\":1,\"text\":\"a\"};BAD_ID",
        "{\"id_str\":\"1\"};BAD_TEXT",
        "{\"id_str\":\"1\",\"text\":null};BAD_TEXT",
        "{\"id_str\":\"1\",\"text\":7};BAD_TEXT",
        "{\"id_str\":\"1\",\"full_text\":[],\"text\":\"a\"};BAD_TEXT",
        "{\"id_str\":\"1\",\"text\":\"\\ud83d\"};BAD_TEXT",
        "{\"data\":{\"id\":\"1\",\"text\":{}}};BAD_TEXT"
      })
  void whatIsNoMessageIsTold(String json, MalformedReason reason) {
    assertThat(reason(json)).isEqualTo(reason);
  }

  @Test
  void whatNobodySendsByAccidentIsTold() {
    assertThat(reason("{\"id_str\":" + "[".repeat(100_000))).isEqualTo(MalformedReason.NOT_JSON);
    assertThat(reason(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'}))
        .isEqualTo(MalformedReason.NOT_JSON);
    assertThat(reason(new byte[1 << 20])).isEqualTo(MalformedReason.NOT_JSON);
    assertThat(reason("{\"id\":" + "9".repeat(1_000_000) + "}"))
        .isEqualTo(MalformedReason.NOT_JSON);
    assertThat(reason("{\"id_str\":\"1\",\"text\":\"" + "a".repeat(1_000_000) + "\"}"))
        .isEqualTo(MalformedReason.TEXT_TOO_LONG);
    assertThat(reason(new byte[] {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2, 10, 1}))
        .isEqualTo(MalformedReason.KPL_AGGREGATE);
  }

  @Test
  void whatCannotBeReadBesideIdAndTextIsLeftOut() throws MalformedMessageException {
    Tweet tweet =
        tweet(
            """
            {"id_str":"1","text":"a","created_at":"yesterday","user":{"id_str":"x","screen_name":7},
             "extended_entities":{"media":[7,{"type":"photo"},{"type":"photo","id_str":"../..",
              "media_url_https":"https://pbs.twimg.com/a.jpg"},{"type":"photo","id_str":"9",
              "media_url_https":["https://pbs.twimg.com/a.jpg"]}]}}
            """);
    assertThat(tweet.createdAt()).isEmpty();
    assertThat(tweet.authorId()).isEmpty();
    assertThat(tweet.authorUserName()).isEmpty();
    assertThat(tweet.photos()).isEmpty();
    assertThat(tweet.unreadable()).isGreaterThanOrEqualTo(6);
    for (String user : new String[] {"7", "[]", "\"a\"", "{}", "null"}) {
      assertThat(tweet("{\"id_str\":\"1\",\"text\":\"a\",\"user\":" + user + "}").authorId())
          .isEmpty();
    }
    String wrong =
        "{\"data\":{\"id\":\"1\",\"text\":\"a\",\"attachments\":7,\"referenced_tweets\":{\"a\":1},"
            + "\"author_id\":{}},\"includes\":[1]}";
    assertThat(tweet(wrong).unreadable()).isEqualTo(1);
  }

  @Test
  void moreThanTenPhotosAreLeftOut() throws MalformedMessageException {
    var media = new ArrayList<String>();
    var keys = new ArrayList<String>();
    var includes = new ArrayList<String>();
    for (int i = 1; i <= 5_000; i++) {
      media.add(media("photo", Integer.toString(i)));
      keys.add("\"3_" + i + "\"");
      includes.add(
          "{\"media_key\":\"3_" + i + "\",\"type\":\"photo\",\"url\":\"https://x.example/a\"}");
    }
    Tweet first =
        tweet(
            "{\"id_str\":\"1\",\"text\":\"a\",\"extended_entities\":{\"media\":["
                + String.join(",", media)
                + "]}}");
    assertThat(first.photos()).hasSize(Tweet.MAX_PHOTOS);
    Tweet second =
        tweet(
            "{\"data\":{\"id\":\"1\",\"text\":\"a\",\"attachments\":{\"media_keys\":["
                + String.join(",", keys)
                + "]}},\"includes\":{\"media\":["
                + String.join(",", includes)
                + "]}}");
    assertThat(second.photos()).hasSize(Tweet.MAX_PHOTOS);
  }

  @ParameterizedTest
  @CsvSource({
    "Wed Oct 10 20:19:24 +0000 2018, 2018-10-10T20:19:24Z",
    "Sun Sep 01 00:00:00 +0530 2019, 2019-08-31T18:30:00Z",
    "2020-09-18T18:36:15.000Z, 2020-09-18T18:36:15Z",
    "2020-09-18T18:36:15.120Z, 2020-09-18T18:36:15.120Z"
  })
  void datesBecomeInstants(String date, String instant) {
    assertThat(CreationDate.instant(date)).contains(instant);
  }

  @ParameterizedTest
  @CsvSource({
    "Wed Okt 10 20:19:24 +0000 2018",
    "Wed Oct 32 20:19:24 +0000 2018",
    "Wed",
    "2020-09-18",
    "0",
    "Wed Oct 10 20:19:24 2018"
  })
  void otherDatesAreLeftOut(String date) {
    assertThat(CreationDate.instant(date)).isEmpty();
  }

  @Test
  void readsOfEverySampleWhatItWasWrittenFrom() throws MalformedMessageException {
    var options = TweetOptions.defaults().withDeleteShare(0).withMalformedShare(0.2);
    SyntheticTweets samples = SyntheticTweets.of(5, 3_000, options.withDuplicateShare(1));
    int tweets = 0;
    for (SampleMessage message : samples.messages()) {
      switch (message.kind()) {
        case TWEET, DUPLICATE -> {
          Tweet tweet = (Tweet) MessageReader.read(message.bytes());
          assertSame(tweet, samples.stored().get(tweet.id()));
          tweets++;
        }
        case DELETE -> throw new AssertionError("there are none");
        case CONTROL -> assertThat(MessageReader.read(message.bytes())).isInstanceOf(Control.class);
        case MALFORMED -> assertThat(reason(message.bytes())).isNotNull();
      }
    }
    assertThat(tweets).isEqualTo(6_000);
  }

  private static void assertSame(Tweet tweet, StoredTweet expected) {
    assertThat(tweet)
        .isEqualTo(
            new Tweet(
                expected.tweetId(),
                expected.text(),
                Optional.of(expected.createdAt()),
                expected.photos().stream()
                    .map(photo -> new Photo(photo.mediaId(), photo.url()))
                    .toList(),
                Optional.of(expected.authorId()),
                Optional.of(expected.authorUserName()),
                0));
  }
}
