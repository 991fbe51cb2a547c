package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The table against parsing, its slow twin. */
class HostTableTest {
  private final HostTable table = new HostTable();
  private final Map<Integer, Address> found = new HashMap<>(); // by slot, as GeoFinder does

  private static byte[] padded(String text) {
    return ("<" + text + " ").getBytes(StandardCharsets.US_ASCII);
  }

  private boolean find(byte[] text) {
    return table.find(text, 1, text.length - 1) != HostTable.NONE;
  }

  private Address found(byte[] text) {
    return found.get(table.find(text, 1, text.length - 1));
  }

  private void put(byte[] text, Address address) {
    table.find(text, 1, text.length - 1);
    int slot = table.put(text, 1, text.length - 1);
    if (slot != HostTable.NONE) {
      found.put(slot, address);
    }
  }

  @Test
  void answersOnlyForTheVeryTextThatWasPut() throws UnknownHostException {
    var random = new Random(3);
    List<byte[]> texts = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      texts.add(padded(InetAddress.getByAddress(bytes).getHostAddress()));
    }
    int hits = 0;
    for (int i = 0; i < 60_000; i++) {
      byte[] text = texts.get((int) Math.abs(random.nextGaussian() * 800) % texts.size()).clone();
      if (i % 3 == 0) { // a neighbour of what is known, often no address at all
        text[1 + random.nextInt(text.length - 2)] ^= (byte) (1 << random.nextInt(5));
      }
      Address expected = Address.parse(text, 1, text.length - 1);
      if (find(text)) {
        hits++;
        assertThat(found(text))
            .as(new String(text, StandardCharsets.ISO_8859_1))
            .isEqualTo(expected);
      } else if (expected != null) {
        put(text, expected);
      }
    }
    assertThat(hits).isGreaterThan(10_000);
  }

  @Test
  void takesTextsOfEightBytesAndMoreUpToTheLongestAddress() {
    for (String text :
        List.of("10.0.0.1", "10.20.30.40", "255.255.255.255", "2001:db8::1", "f".repeat(39))) {
      byte[] host = padded(text);
      assertThat(find(host)).isFalse();
      put(host, new Address(7, text.length()));
      assertThat(find(host)).as(text).isTrue();
      assertThat(found(host)).isEqualTo(new Address(7, text.length()));
    }
    for (String text : List.of("", "-", "1.2.3.4", "f".repeat(40))) {
      byte[] host = padded(text);
      put(host, new Address(7, 7));
      assertThat(find(host)).as(text).isFalse();
    }
  }

  @Test
  void hostsThatComeOnceDoNotPushOutThoseThatComeOften() {
    byte[] often = padded("203.0.113.42");
    put(often, new Address(1, 2));
    int hits = 0;
    for (int i = 0; i < 60_000; i++) {
      byte[] once = padded("10." + (i >> 16) + "." + (i >> 8 & 0xFF) + "." + (i & 0xFF));
      if (!find(once)) {
        put(once, new Address(3, i));
      }
      hits += find(often) ? 1 : 0;
    }
    assertThat(hits).isEqualTo(60_000);
  }

  @Test
  void whatComesNoLongerMakesRoom() {
    for (int i = 0; i < 60_000; i++) {
      byte[] old = padded("10." + (i >> 16) + "." + (i >> 8 & 0xFF) + "." + (i & 0xFF));
      put(old, new Address(3, i));
      find(old);
    }
    byte[] young = padded("203.0.113.42");
    put(young, new Address(1, 2));
    put(young, new Address(1, 2));
    assertThat(find(young)).isTrue();
    assertThat(found(young)).isEqualTo(new Address(1, 2));
  }

  @Test
  void forgetsEverything() {
    byte[] host = padded("203.0.113.42");
    put(host, new Address(1, 2));
    table.clear();
    assertThat(find(host)).isFalse();
  }
}
