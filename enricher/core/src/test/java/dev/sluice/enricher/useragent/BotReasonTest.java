package dev.sluice.enricher.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a robot is one. */
class BotReasonTest {
  private static final UserAgentClassifier CLASSIFIER = UserAgentClassifier.open(Optional.empty());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) | device_family",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) | device_family",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php) | device_family",
        "Pingdom.com_bot_version_1.4_(http://www.pingdom.com/) | device_family",
        "Mozilla/5.0 zgrab/0.x | mark",
        "kube-probe/1.28 | mark",
        "ELB-HealthChecker/2.0 | mark",
        "curl/8.4.0 | none",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/120.0 | none",
      })
  void isTheFirstThatHolds(String agent, String reason) {
    Classification said = CLASSIFIER.classify(agent);
    assertThat(said.isBot() ? said.botReason().label() : "none").isEqualTo(reason);
    assertThat(said.isBot()).isEqualTo(said.deviceType() == DeviceType.BOT);
    UserAgentFragment fragment = UserAgentFragment.of(said, UserAgentRenderer.FLAT);
    assertThat(fragment.isBot()).isEqualTo(said.isBot());
    assertThat(fragment.botReason()).isEqualTo(said.botReason());
  }

  /**
   * ua-parser calls nearly every browser of that kind a spider too, so the parser's word is put.
   */
  @Test
  void aBrowserFamilyThatNamesARobotIsOne() {
    for (String family : List.of("SomeBot", "Crawler", "Yahoo! Slurp", "PingdomTMS")) {
      var parsed =
          new ParsedUserAgent(new Product(family, null, null, null, null), Product.OTHER, "Other");
      Classification said = DeviceTypes.classify("", mark -> false, parsed);
      assertThat(said.botReason()).as(family).isEqualTo(BotReason.BROWSER_FAMILY);
    }
  }

  @Test
  void nothingKnownIsNoRobot() {
    assertThat(Classification.NONE.isBot()).isFalse();
    assertThat(Classification.UNKNOWN.isBot()).isFalse();
  }
}
