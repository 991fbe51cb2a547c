package dev.sluice.producers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineTimesTest {
  private final AccessLogTimes logs = new AccessLogTimes();
  private final TweetLines tweets = new TweetLines();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 5",
        "shop.example:80 127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 5",
        "::1 - [a] [10/Oct/2000:20:55:36 +0000] \"-\" 408 -",
        "[2001:db8::1] - - [10/Oct/2000:22:55:36 +0200]",
      })
  void findsTheTimeOfALogLine(String line) {
    assertThat(timeOf(logs, line)).hasValue(Instant.parse("2000-10-10T20:55:36Z").toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "no brackets at all, though long enough to hold a time of a log",
        "127.0.0.1 - - [32/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 5",
        "127.0.0.1 - - [10/Oct/2000:13:55:36 -0700",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ [10/Oct/2000:13:55:36 -0700]",
      })
  void findsNoneElsewhere(String line) {
    assertThat(timeOf(logs, line)).isEmpty();
  }

  @Test
  void looksAtTheLineAloneNotAtWhatIsBehindIt() {
    byte[] buffer = "a [10/Oct/2000:13:55:36 -0700] b".getBytes(UTF_8);

    assertThat(logs.timeOf(buffer, 30)).isPresent();
    assertThat(logs.timeOf(buffer, 29)).isEmpty();
    assertThat(tweets.timeOf("{\"timestamp_ms\":\"12\"}".getBytes(UTF_8), 10)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"created_at\":\"Wed Oct 10 20:19:24 +0000 2018\",\"id\":1} | 2018-10-10T20:19:24Z",
        "{\"data\":{\"id\":\"1\",\"created_at\":\"2020-06-24T16:28:14.500Z\"}} |"
            + " 2020-06-24T16:28:14.500Z",
        "{\"created_at\":\"Wed Oct 10 20:19:24 +0000 2018\",\"timestamp_ms\":\"1539202764123\"} |"
            + " 2018-10-10T20:19:24.123Z",
        "{\"delete\":{\"status\":{\"id_str\":\"1\"},\"timestamp_ms\":\"1539202764123\"}} |"
            + " 2018-10-10T20:19:24.123Z",
      })
  void findsTheTimeOfATweet(String line, Instant time) {
    assertThat(timeOf(tweets, line)).hasValue(time.toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "no JSON",
        "{\"created_at\":\"yesterday\"}",
        "{\"created_at\":{\"timestamp_ms\":\"1\"}}",
        "{\"timestamp_ms\":\"99999999999999999999\"}",
        "{\"user\":{\"created_at\":\"Wed Oct 10 20:19:24 +0000 2018\"}}",
      })
  void findsNoneInOtherMessages(String line) {
    assertThat(timeOf(tweets, line)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"id\":12,\"id_str\":\"13\",\"user\":{\"id_str\":\"99\"}} | 13",
        "{\"user\":{\"id_str\":\"99\"},\"id\":12} | 12",
        "{\"data\":{\"id\":\"14\"},\"includes\":{\"users\":[{\"id\":\"99\"}]}} | 14",
        "{\"delete\":{\"status\":{\"id\":15,\"id_str\":\"15\"}}} | 15",
        "{\"limit\":{\"track\":3}} | 7",
        "{\"id_str\":\"\"} | 7",
        "{\"id_str\":null} | 7",
        "broken { | 7",
        "`` | 7",
      })
  void keysATweetAndItsDeletionAlike(String line, String key) {
    byte[] bytes = line == null ? new byte[0] : line.getBytes(UTF_8);

    assertThat(tweets.byTweet().keyOf(bytes, bytes.length, 7)).isEqualTo(key);
  }

  private static OptionalLong timeOf(LineTimes times, String line) {
    byte[] bytes = line.getBytes(UTF_8);
    return times.timeOf(bytes, bytes.length);
  }
}
