package dev.sluice.lookups;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
  private static final String LABEL = "a".repeat(63);

  @Test
  void isInSmallLettersWithoutTheLastDot() {
    assertThat(HostName.of("Mail_1.Example-2.NET.")).contains("mail_1.example-2.net");
    assertThat(new String(HostName.json("a.b"), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("\"a.b\"");
  }

  @Test
  void hasALongestLength() {
    String longest = String.join(".", LABEL, LABEL, LABEL, "a".repeat(61));
    assertThat(longest).hasSize(HostName.MAX_LENGTH);
    assertThat(HostName.of(longest)).contains(longest);
    assertThat(HostName.of(longest + "a")).isEmpty();
    assertThat(HostName.of(LABEL + "a.net")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a..b",
        ".a",
        "a b",
        "a\"b",
        "a\\b",
        "a\nb",
        "a\\.b",
        "<script>",
        "caf\u00e9.fr",
        "${jndi:ldap://x}",
        "\u212a.net",
        "a.b..",
        "a/b",
        "a\u2028b"
      })
  void isNothingElse(String told) {
    assertThat(HostName.of(told)).isEmpty();
  }
}
