package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The table against {@link Address#parse}, its slow twin. */
class NetworkTableTest {
  private static final int BEFORE = 2;
  private static final int BEHIND = 24;
  private static final String LAST_CHARACTERS = "0123569./:a ";

  private final NetworkTable table = new NetworkTable();
  private final Map<Integer, Integer> known = new HashMap<>(); // first 24 bits by slot

  /** With more digits and points around it, which must not be taken for a part of it. */
  private static byte[] padded(String host, char neighbour) {
    String around = String.valueOf(neighbour);
    return (around.repeat(BEFORE) + host + around.repeat(BEHIND))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private int find(String host, char neighbour) {
    return table.find(padded(host, neighbour), BEFORE, BEFORE + host.length());
  }

  private static Address parse(String host) {
    return Address.parse(host.getBytes(StandardCharsets.ISO_8859_1), 0, host.length());
  }

  private static int network(Address address) {
    return (int) address.low() >>> Byte.SIZE;
  }

  /** Looks for the host and puts its network, as {@link GeoFinder} does; whether it was known. */
  private boolean findOrPut(String host, char neighbour) {
    int slot = find(host, neighbour);
    Address expected = parse(host);
    if (slot != NetworkTable.NONE) {
      assertThat(expected).as(host).isNotNull();
      assertThat(expected.isIpv4()).as(host).isTrue();
      assertThat(known.get(slot)).as(host).isEqualTo(network(expected));
      return true;
    }
    if (expected != null && expected.isIpv4()) {
      int put = table.put();
      if (put != NetworkTable.NONE) {
        known.put(put, network(expected));
      }
    }
    return false;
  }

  @Test
  void takesEveryAddressOfAKnownNetworkAndNothingElse() {
    for (String network : new String[] {"1.2.3.", "203.0.113.", "255.255.255.", "10.20.3."}) {
      findOrPut(network + "42", ' ');
      for (int code = 0; code < Math.pow(LAST_CHARACTERS.length() + 1, 4); code++) {
        var last = new StringBuilder();
        for (int rest = code; rest > 0; rest /= LAST_CHARACTERS.length() + 1) {
          int character = rest % (LAST_CHARACTERS.length() + 1);
          if (character > 0) {
            last.append(LAST_CHARACTERS.charAt(character - 1));
          }
        }
        String host = network + last;
        boolean isAddress = parse(host) != null;
        boolean found = find(host, code % 2 == 0 ? '1' : '.') != NetworkTable.NONE;
        if (found != isAddress) {
          assertThat(found).as(host).isEqualTo(isAddress);
        }
      }
    }
  }

  @Test
  void answersOnlyForTheNetworksThatWerePut() {
    var random = new Random(7);
    String[] networks = new String[20_000];
    for (int i = 0; i < networks.length; i++) {
      networks[i] =
          random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256) + ".";
    }
    int hits = 0;
    for (int i = 0; i < 300_000; i++) {
      String network = networks[(int) Math.abs(random.nextGaussian() * 3_000) % networks.length];
      var host = new StringBuilder(network).append(random.nextInt(300));
      if (i % 3 == 0) { // a neighbour of what is known, often no address at all
        int place = random.nextInt(host.length());
        host.setCharAt(place, (char) (host.charAt(place) ^ 1 << random.nextInt(5)));
      }
      hits += findOrPut(host.toString(), "19. :".charAt(i % 5)) ? 1 : 0;
    }
    assertThat(hits).isGreaterThan(80_000);
  }

  @Test
  void knowsAnAddressThatIsMappedIntoIpv6ByItsText() {
    assertThat(findOrPut("::ffff:1.2.3.4", ' ')).isFalse();
    assertThat(findOrPut("::ffff:1.2.3.5", ' ')).isTrue();
    assertThat(findOrPut("1.2.3.5", ' ')).isFalse();
  }

  @Test
  void takesNothingAtTheEndOfAnArray() {
    byte[] text = "203.0.113.42".getBytes(StandardCharsets.US_ASCII);
    assertThat(table.find(text, 0, text.length)).isEqualTo(NetworkTable.NONE);
    assertThat(table.put()).isEqualTo(NetworkTable.NONE);
    findOrPut("203.0.113.42", ' ');
    assertThat(table.find(text, 0, text.length)).isEqualTo(NetworkTable.NONE);
  }

  @Test
  void networksThatComeOnceDoNotPushOutThoseThatComeOften() {
    findOrPut("203.0.113.42", ' ');
    int hits = 0;
    for (int i = 0; i < 60_000; i++) {
      findOrPut("10." + (i >> 8) + "." + (i & 0xFF) + ".1", ' ');
      hits += findOrPut("203.0.113." + (i & 0xFF), ' ') ? 1 : 0;
    }
    assertThat(hits).isEqualTo(60_000);
  }

  @Test
  void whatComesNoLongerMakesRoom() {
    for (int i = 0; i < 60_000; i++) {
      String old = "10." + (i >> 8) + "." + (i & 0xFF) + ".1";
      findOrPut(old, ' ');
      findOrPut(old, ' ');
    }
    findOrPut("203.0.113.42", ' ');
    findOrPut("203.0.113.42", ' ');
    assertThat(findOrPut("203.0.113.42", ' ')).isTrue();
  }

  @Test
  void forgetsEverything() {
    findOrPut("203.0.113.42", ' ');
    assertThat(find("203.0.113.43", ' ')).isNotEqualTo(NetworkTable.NONE);
    table.clear();
    assertThat(find("203.0.113.43", ' ')).isEqualTo(NetworkTable.NONE);
  }
}
