package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressKindTest {
  private static AddressKind kind(String literal) {
    byte[] text = literal.getBytes(StandardCharsets.US_ASCII);
    Address address = Address.parse(text, 0, text.length);
    return AddressKind.of(address.high(), address.low());
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0,UNSPECIFIED",
    "0.0.0.1,RESERVED",
    "0.255.255.255,RESERVED",
    "1.0.0.0,PUBLIC",
    "8.8.8.8,PUBLIC",
    "9.255.255.255,PUBLIC",
    "10.0.0.0,PRIVATE",
    "10.255.255.255,PRIVATE",
    "11.0.0.0,PUBLIC",
    "100.63.255.255,PUBLIC",
    "100.64.0.0,SHARED",
    "100.127.255.255,SHARED",
    "100.128.0.0,PUBLIC",
    "127.0.0.1,LOOPBACK",
    "127.255.255.255,LOOPBACK",
    "128.0.0.0,PUBLIC",
    "169.253.255.255,PUBLIC",
    "169.254.169.254,LINK_LOCAL",
    "169.255.0.0,PUBLIC",
    "172.15.255.255,PUBLIC",
    "172.16.0.0,PRIVATE",
    "172.31.255.255,PRIVATE",
    "172.32.0.0,PUBLIC",
    "192.0.0.8,RESERVED",
    "192.0.0.9,PUBLIC",
    "192.0.0.10,PUBLIC",
    "192.0.0.170,RESERVED",
    "192.0.1.0,PUBLIC",
    "192.0.2.1,DOCUMENTATION",
    "192.88.99.1,RESERVED",
    "192.168.0.1,PRIVATE",
    "192.169.0.0,PUBLIC",
    "198.17.255.255,PUBLIC",
    "198.18.0.0,BENCHMARKING",
    "198.19.255.255,BENCHMARKING",
    "198.20.0.0,PUBLIC",
    "198.51.100.7,DOCUMENTATION",
    "203.0.113.42,DOCUMENTATION",
    "223.255.255.255,PUBLIC",
    "224.0.0.1,MULTICAST",
    "239.255.255.255,MULTICAST",
    "240.0.0.0,RESERVED",
    "255.255.255.254,RESERVED",
    "255.255.255.255,BROADCAST",
    "::,UNSPECIFIED",
    "::1,LOOPBACK",
    "::2,RESERVED",
    "::203.0.113.42,RESERVED",
    "::ffff:10.1.2.3,PRIVATE",
    "::ffff:8.8.8.8,PUBLIC",
    "64:ff9b::8.8.8.8,TRANSLATED",
    "64:ff9b:1::1,TRANSLATED",
    "64:ff9b:2::1,RESERVED",
    "100::1,RESERVED",
    "1fff::1,RESERVED",
    "2000::1,PUBLIC",
    "2001::1,TRANSLATED",
    "2001:1::1,PUBLIC",
    "2001:1::2,PUBLIC",
    "2001:1::3,PUBLIC",
    "2001:1::4,RESERVED",
    "2001:2::1,BENCHMARKING",
    "2001:2:1::,RESERVED",
    "2001:3::1,PUBLIC",
    "2001:4:112::1,PUBLIC",
    "2001:10::1,RESERVED",
    "2001:20::1,PUBLIC",
    "2001:30::1,PUBLIC",
    "2001:1ff::1,RESERVED",
    "2001:200::1,PUBLIC",
    "2001:db7::1,PUBLIC",
    "2001:db8::1,DOCUMENTATION",
    "2001:db9::,PUBLIC",
    "2002:808:808::1,TRANSLATED",
    "2003::1,PUBLIC",
    "2a00:1450::1,PUBLIC",
    "3ffe:ffff::,PUBLIC",
    "3fff:fff::1,DOCUMENTATION",
    "3fff:1000::1,PUBLIC",
    "4000::,RESERVED",
    "5f00::1,RESERVED",
    "fbff::,RESERVED",
    "fc00::1,PRIVATE",
    "fdff::1,PRIVATE",
    "fe00::1,RESERVED",
    "fe80::1,LINK_LOCAL",
    "febf::1,LINK_LOCAL",
    "fec0::1,RESERVED",
    "ff02::1,MULTICAST"
  })
  void namesTheKindOfEveryRegisteredNetworkAndItsNeighbours(String literal, AddressKind kind) {
    assertThat(kind(literal)).isEqualTo(kind);
  }

  @Test
  void agreesWithTheJdkWhereTheJdkHasAnOpinion() {
    var random = new Random(21);
    for (int i = 0; i < 200_000; i++) {
      Address address =
          i % 2 == 0
              ? Address.ofIpv4(random.nextInt())
              : new Address((long) random.nextInt(65_536) << 48, random.nextLong());
      InetAddress jdk = address.toInetAddress();
      AddressKind kind = AddressKind.of(address.high(), address.low());
      assertThat(kind == AddressKind.MULTICAST).isEqualTo(jdk.isMulticastAddress());
      assertThat(kind == AddressKind.LINK_LOCAL).isEqualTo(jdk.isLinkLocalAddress());
      assertThat(kind == AddressKind.LOOPBACK).isEqualTo(jdk.isLoopbackAddress());
      if (address.isIpv4()) { // of IPv6 the JDK knows the abandoned fec0::/10 only
        assertThat(kind == AddressKind.PRIVATE).isEqualTo(jdk.isSiteLocalAddress());
      }
    }
  }

  @Test
  void isWrittenInLowerCase() {
    assertThat(AddressKind.LINK_LOCAL.label()).isEqualTo("link_local");
  }
}
