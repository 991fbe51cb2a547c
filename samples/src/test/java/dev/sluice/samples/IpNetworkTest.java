package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/24, 203.0.113.255, 203.0.114.0",
    "10.0.0.0/8, 10.255.255.255, 11.0.0.0",
    "1.2.3.4/32, 1.2.3.4, 1.2.3.5",
    "128.0.0.0/1, 255.0.0.0, 127.255.255.255",
    "2001:db8::/32, 2001:db8:ffff::1, 2001:db9::",
    "2001:db8:0:1::/64, 2001:db8:0:1:ffff::, 2001:db8:0:2::",
    "2001:db8::8000:0/97, 2001:db8::ffff:ffff, 2001:db8::7fff:ffff",
    "2001:db8::1/128, 2001:db8::1, 2001:db8::2",
    "203.0.113.0/24, 203.0.113.1, 2001:db8::1"
  })
  void containsItsOwnAddressesOnly(String network, String inside, String outside) {
    IpNetwork parsed = IpNetwork.parse(network);
    assertThat(parsed).hasToString(network);
    assertThat(parsed.contains(IpAddress.parse(inside))).isTrue();
    assertThat(parsed.contains(IpAddress.parse(outside))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0",
        "10.0.0.1/8",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "2001:db8::1/64",
        "2001:db8:1::/32",
        "::1/127",
        "::/129",
        "10.0.0.0/x"
      })
  void refusesWhatIsNoNetwork(String text) {
    assertThatThrownBy(() -> IpNetwork.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "203.0.113.0/24",
        "1.2.3.4/32",
        "0.0.0.0/0",
        "2001:db8::/32",
        "2001:db8::/64",
        "2001:db8::/96",
        "::1/128"
      })
  void placesHostsInside(String text) {
    IpNetwork network = IpNetwork.parse(text);
    var dice = new Dice(1);
    for (int i = 0; i < 100; i++) {
      assertThat(network.contains(network.host(dice.nextLong(), dice.nextLong()))).isTrue();
    }
  }
}
