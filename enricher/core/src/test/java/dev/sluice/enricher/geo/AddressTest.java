package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  private static Address parse(String text) {
    byte[] bytes = ("1" + text + "1").getBytes(StandardCharsets.UTF_8);
    return Address.parse(bytes, 1, bytes.length - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "203.0.113.42",
        "255.255.255.255",
        "::",
        "::1",
        "1::",
        "2001:db8::1",
        "2001:DB8:0:0:8:800:200C:417A",
        "1:2:3:4:5:6:7:8",
        "1::8",
        "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8",
        "::ffff:203.0.113.42",
        "::ffff:cb00:712a",
        "::203.0.113.42",
        "64:ff9b::203.0.113.42",
        "1:2:3:4:5:6:203.0.113.42",
        "0001:0::00ff"
      })
  void readsWhatTheJdkReads(String text) throws UnknownHostException {
    // A literal for the JDK too, so that nothing is resolved here.
    assertThat(parse(text).toInetAddress()).isEqualTo(InetAddress.getByName(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "a",
        "localhost",
        "example.com",
        "1",
        "1.2",
        "1.2.3",
        "1.2.3.",
        "1.2.3.4.",
        ".1.2.3.4",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.1000",
        "01.2.3.4",
        "1.2.3.00",
        "1..2.3",
        "0x1.2.3.4",
        "1.2.3.4 ",
        "1.2.3.-4",
        ":",
        ":::",
        ":1",
        "1:",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "12345::",
        "g::",
        "::1.2.3",
        "::1.2.3.4:5",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::ffff:1.2.3.256",
        "fe80::1%eth0",
        "[::1]",
        "::1/64",
        "1:2:3:4:5:6:7:8:1.2.3.4",
        "٣.1.1.1"
      })
  void takesNothingElseForAnAddress(String text) {
    assertThat(parse(text)).isNull();
  }

  @Test
  void takesAMappedAddressForTheIpv4AddressItMaps() {
    assertThat(parse("::ffff:203.0.113.42")).isEqualTo(parse("203.0.113.42"));
    assertThat(parse("::ffff:cb00:712a").isIpv4()).isTrue();
    assertThat(parse("::203.0.113.42").isIpv4()).isFalse();
  }

  @Test
  void readsBackWhatTheJdkWrites() throws UnknownHostException {
    var random = new Random(11);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      for (int k = random.nextInt(bytes.length + 1); k > 0; k--) {
        bytes[random.nextInt(bytes.length)] = 0;
      }
      InetAddress address = InetAddress.getByAddress(bytes);
      assertThat(parse(address.getHostAddress()).toInetAddress()).isEqualTo(address);
    }
  }
}
