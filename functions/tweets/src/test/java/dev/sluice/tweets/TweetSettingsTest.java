package dev.sluice.tweets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.Settings;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings of the function, and what is wrong with them. */
class TweetSettingsTest {

  @Test
  void allProblemsAreReportedTogether() {
    var settings =
        new Settings(
            Map.of(
                    "PHOTO_HOSTS", "pbs.twimg.com,*.evil.example",
                    "PHOTOS_AT_ONCE", "0",
                    "TIME_RESERVE", "soon",
                    "METRICS", "maybe")
                ::get);
    assertThatThrownBy(() -> TweetSettings.from(settings))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContainingAll(
            "TWEET_TABLE", "PHOTO_HOSTS", "PHOTOS_AT_ONCE", "TIME_RESERVE", "METRICS");
  }

  @Test
  void aHostIsAWholeName() {
    String[] wrong = {"127.0.0.1", "localhost", "[::1]", "https://pbs.twimg.com", "a.b:80", "a..b"};
    for (String host : wrong) {
      assertThatThrownBy(
              () ->
                  TweetSettings.from(
                      new Settings(Map.of("TWEET_TABLE", "t", "PHOTO_HOSTS", host)::get)))
          .as(host)
          .hasMessageContaining("PHOTO_HOSTS");
    }
    TweetSettings settings =
        TweetSettings.from(
            new Settings(
                Map.of("TWEET_TABLE", "t", "PHOTO_HOSTS", "PBS.twimg.com, ton.twimg.com")::get));
    assertThat(settings.photoHosts()).containsExactlyInAnyOrder("pbs.twimg.com", "ton.twimg.com");
  }

  @Test
  void theTableOfKeysNamesWhatIsRead() {
    var asked = new ArrayList<String>();
    TweetSettings settings =
        TweetSettings.from(
            new Settings(
                key -> {
                  asked.add(key);
                  return key.equals("TWEET_TABLE") ? "Tweets" : null;
                }));
    assertThat(TweetSettings.keys().stream().map(key -> key.name()))
        .containsExactlyInAnyOrderElementsOf(asked);
    assertThat(settings.mediaBucket()).isEmpty();
    assertThat(settings.photoHosts()).containsExactly("pbs.twimg.com");
  }
}
