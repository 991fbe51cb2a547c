package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  /** The cases of RFC 5952, section 4, among others. */
  @ParameterizedTest
  @CsvSource({
    "203.0.113.42, 203.0.113.42",
    "255.255.255.255, 255.255.255.255",
    "0.0.0.0, 0.0.0.0",
    "2001:DB8::1, 2001:db8::1",
    "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "fe80:0:0:0:1:2:3:4, fe80::1:2:3:4",
    "::ffff:cb00:712a, ::ffff:203.0.113.42",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8"
  })
  void writesTheShortForm(String literal, String expected) {
    assertThat(IpAddress.parse(literal)).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "a.b.c.d",
        "1.2.3.-4",
        "example.com",
        "1:2",
        "1:2:3:4:5:6:7:8:9",
        "::12345",
        "1:2:3:4:5:6:7::8",
        "x::1",
        ":::",
        "-1::"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> IpAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void agreesWithTheJdkOnRandomAddresses() throws UnknownHostException {
    var dice = new Dice(5);
    for (int i = 0; i < 5_000; i++) {
      long zeros = dice.nextLong() & dice.nextLong() & dice.nextLong();
      var address =
          new IpAddress(true, zeros & 0xFFFF0000FFFF0000L, zeros & 0xFFFFL * dice.below(3));
      assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
      assertThat(InetAddress.getByName(address.toString()).getAddress())
          .isEqualTo(Mmdb.inet(address).getAddress());
    }
  }

  @Test
  void knowsItsBits() {
    IpAddress address = IpAddress.parse("128.0.0.1");
    assertThat(address.bit(0)).isEqualTo(1);
    assertThat(address.bit(1)).isZero();
    assertThat(address.bit(31)).isEqualTo(1);
    IpAddress ipv6 = IpAddress.parse("8000::1");
    assertThat(ipv6.bit(0)).isEqualTo(1);
    assertThat(ipv6.bit(64)).isZero();
    assertThat(ipv6.bit(127)).isEqualTo(1);
  }
}
