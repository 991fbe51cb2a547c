package dev.sluice.tweets.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that a photo may come from. */
class PublicInternetTest {
  private final AddressPolicy policy = new PublicInternet();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "192.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "2002:7f00:1::1",
        "2001::1",
        "2001:db8::1",
        "100::1",
        "4000::1"
      })
  void notThese(String address) throws UnknownHostException {
    assertThat(policy.isAllowed(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8.8.8.8", "104.244.43.131", "172.32.0.1", "100.128.0.1", "2606:4700::6810:1"})
  void these(String address) throws UnknownHostException {
    assertThat(policy.isAllowed(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void aMappedAddressIsRefusedWhateverItMaps() {
    assertThat(PublicInternet.isAllowed(0, 0xFFFF_0808_0808L)).isFalse();
    assertThat(PublicInternet.isAllowed(0, 0xFFFF_7F00_0001L)).isFalse();
    assertThat(PublicInternet.isAllowed(0x2606_4700_0000_0000L, 0x6810_0001L)).isTrue();
  }
}
