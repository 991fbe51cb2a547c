package dev.sluice.lookups;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.geo.AddressBits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointerNameTest {
  @ParameterizedTest
  @CsvSource({
    "203.0.113.42, 42.113.0.203.in-addr.arpa",
    "::ffff:203.0.113.42, 42.113.0.203.in-addr.arpa",
    "255.0.0.1, 1.0.0.255.in-addr.arpa",
    "4321:0:1:2:3:4:567:89ab,"
        + " b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa",
  })
  void reversesTheAddress(String text, String name) {
    var address = new AddressBits();
    byte[] bytes = text.getBytes(US_ASCII);
    assertThat(address.parse(bytes, 0, bytes.length)).isTrue();
    assertThat(PointerName.of(address)).isEqualTo(name);
  }
}
