package dev.sluice.enricher.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions as Elastic Common Schema wants them. */
class ProductTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "- | - | - | - | -",
        "'' | 1 | - | - | -",
        "120 | - | - | - | 120",
        "17 | 1 | - | - | 17.1",
        "17 | - | 2 | - | 17",
        "17 | '' | 2 | - | 17",
        "10 | 15 | 7 | - | 10.15.7",
        "5 | 1 | 2 | 3 | 5.1.2.3",
        "XP | - | - | - | XP",
      })
  void versionEndsBeforeTheFirstPartThatIsNotKnown(
      String major, String minor, String patch, String patchMinor, String version) {
    var product = new Product("Thing", major, minor, patch, patchMinor);
    assertThat(product.version()).isEqualTo(version);
    assertThat(product.full()).isEqualTo(version == null ? "Thing" : "Thing " + version);
  }

  @Test
  void aPhoneHasAllPartsOfTheSchema() {
    ParsedUserAgent phone =
        UserAgentClassifier.open(Optional.empty())
            .parse(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15"
                    + " (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1");
    assertThat(phone.browser().family()).isEqualTo("Mobile Safari");
    assertThat(phone.browser().version()).isEqualTo("17.1");
    assertThat(phone.os().family()).isEqualTo("iOS");
    assertThat(phone.os().version()).isEqualTo("17.1");
    assertThat(phone.os().full()).isEqualTo("iOS 17.1");
    assertThat(phone.device()).isEqualTo("iPhone");
    assertThat(phone.browser().isRecognised()).isTrue();
    assertThat(Product.OTHER.isRecognised()).isFalse();
  }
}
