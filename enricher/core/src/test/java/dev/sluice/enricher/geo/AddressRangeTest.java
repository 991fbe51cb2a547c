package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRangeTest {

  private static boolean contains(String range, String address) {
    byte[] text = address.getBytes(StandardCharsets.US_ASCII);
    return AddressRange.parse(range).contains(Address.parse(text, 0, text.length));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,10.0.0.0,true",
    "10.0.0.0/8,10.255.255.255,true",
    "10.0.0.0/8,11.0.0.0,false",
    "10.0.0.0/8,::ffff:10.1.2.3,true",
    "0.0.0.0/0,203.0.113.42,true",
    "0.0.0.0/0,2001:db8::1,false",
    "::/0,203.0.113.42,true",
    "192.0.2.1,192.0.2.1,true",
    "192.0.2.1,192.0.2.2,false",
    "192.0.2.128/25,192.0.2.127,false",
    "2001:db8::/32,2001:db8:ffff::1,true",
    "2001:db8::/32,2001:db9::,false",
    "2001:db8::/64,2001:db8:0:0:ffff::,true",
    "2001:db8::/65,2001:db8:0:0:ffff::,false",
    "2001:db8::1,2001:db8::1,true",
    "::ffff:10.0.0.0/104,10.1.2.3,true"
  })
  void containsTheAddressesThatShareItsPrefix(String range, String address, boolean contained) {
    assertThat(contains(range, address)).isEqualTo(contained);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0|\"10.0.0\" is no address and no address/prefix",
        "proxy.example.com|\"proxy.example.com\" is no address and no address/prefix",
        "10.0.0.0/33|\"10.0.0.0/33\" needs a prefix from 0 to 32 after its slash",
        "10.0.0.0/|\"10.0.0.0/\" needs a prefix from 0 to 32 after its slash",
        "10.0.0.0/-1|\"10.0.0.0/-1\" needs a prefix from 0 to 32 after its slash",
        "::/129|\"::/129\" needs a prefix from 0 to 128 after its slash",
        "10.0.0.1/8|\"10.0.0.1/8\" is an address inside its range, not the first of it"
      })
  void refusesWhatIsNoRange(String text, String message) {
    assertThatThrownBy(() -> AddressRange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesPrefixesThatNoAddressHas() {
    assertThatThrownBy(() -> new AddressRange(new Address(0, 0), 129))
        .hasMessage("prefix out of range: 129");
  }
}
