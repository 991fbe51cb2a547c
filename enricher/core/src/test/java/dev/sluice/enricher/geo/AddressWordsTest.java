package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Words against {@link AddressLiteral#parseAny}, their slow twin. */
class AddressWordsTest {
  private static final int TEXTS = 300_000;
  private static final int BEFORE = 3;
  private static final int BEHIND = 64;
  private static final String CHARACTERS = "0123456789abcdefABCDEF.:::....gG/@`~-% \u007F";

  private final AddressBits byWords = new AddressBits();
  private final AddressBits byBytes = new AddressBits();
  private int taken;

  private void compare(byte[] address, byte neighbour) {
    byte[] text = new byte[BEFORE + address.length + BEHIND];
    Arrays.fill(text, neighbour);
    System.arraycopy(address, 0, text, BEFORE, address.length);
    int to = BEFORE + address.length;
    String shown = new String(address, StandardCharsets.ISO_8859_1);
    byWords.set(1, 2);
    byBytes.set(1, 2);
    boolean known = AddressWords.parse(text, BEFORE, to, byWords);
    boolean expected = AddressLiteral.parseAny(text, BEFORE, to, byBytes);
    if (known) {
      taken++;
      assertThat(expected).as(shown).isTrue();
    }
    assertThat(AddressLiteral.parse(text, BEFORE, to, byWords)).as(shown).isEqualTo(expected);
    assertThat(byWords.toAddress()).as(shown).isEqualTo(byBytes.toAddress());
  }

  @Test
  void addressesAndTheirMutationsHaveTheSameAnswer() throws UnknownHostException {
    var random = new Random(17);
    byte[] neighbours = {' ', '0', '.', ':', 'f', (byte) 0xB0, 0};
    for (int i = 0; i < TEXTS; i++) {
      byte[] text = address(random);
      for (int k = random.nextInt(3); k > 0; k--) {
        text = mutated(text, random);
      }
      if (text.length >= 2) {
        compare(text, neighbours[i % neighbours.length]);
      }
    }
    assertThat(taken).isBetween(TEXTS / 4, TEXTS);
  }

  private static byte[] address(Random random) throws UnknownHostException {
    byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
    random.nextBytes(bytes);
    for (int k = random.nextInt(bytes.length + 1); k > 0; k--) {
      bytes[random.nextInt(bytes.length)] = 0;
    }
    String text = InetAddress.getByAddress(bytes).getHostAddress();
    if (random.nextBoolean()) {
      text = text.replaceFirst("(:0)+(?=:)", ":"); // as people write it
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] mutated(byte[] text, Random random) {
    int at = random.nextInt(text.length);
    byte character = (byte) CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    if (random.nextInt(8) == 0) {
      character |= (byte) 0x80;
    }
    byte[] mutated =
        Arrays.copyOf(text, text.length + (random.nextBoolean() || text.length < 3 ? 1 : 0));
    System.arraycopy(text, at, mutated, mutated.length - text.length + at, text.length - at);
    mutated[at] = character;
    return random.nextInt(4) > 0
        ? mutated
        : Arrays.copyOf(mutated, 1 + random.nextInt(text.length));
  }

  @Test
  void everyNumberOfADottedQuadIsToldRight() {
    for (int part = 0; part < 4; part++) {
      for (int number = 0; number < 1_200; number++) {
        for (String digits : new String[] {"%d", "%02d", "%03d"}) {
          String[] parts = {"10", "2", "130", "41"};
          parts[part] = String.format(digits, number);
          compare(String.join(".", parts).getBytes(StandardCharsets.US_ASCII), (byte) ' ');
        }
      }
    }
  }

  @Test
  void atTheEndOfAnArrayNothingIsReadBehindIt() {
    byte[] text = "203.0.113.42".getBytes(StandardCharsets.US_ASCII);
    assertThat(AddressWords.parse(text, 0, text.length, byWords)).isFalse();
    assertThat(AddressLiteral.parse(text, 0, text.length, byWords)).isTrue();
  }
}
