package dev.sluice.enricher.steps;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.geo.Address;
import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/**
 * A pseudonym for each address and each name: {@code anon-} and the first 128 bits of its HMAC with
 * SHA-256 in hex, a valid host name that is no address. The MAC is over the 16 bytes of the
 * address, IPv4 in its mapped form, or over {@code name:} and the name in small letters. The
 * pseudonyms of {@value #CACHE_ENTRIES} addresses are remembered. Not thread-safe.
 */
final class AddressPseudonym implements AddressMask {
  /** About 400 KB. A newer address takes the place of an older one with the same hash. */
  static final int CACHE_ENTRIES = 4_096;

  private static final byte[] PREFIX = "anon-".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NAME = "name:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int PSEUDONYM_BYTES = 16;

  private final Mac mac;
  private final byte[] digest;
  private final byte[] input = new byte[2 * Long.BYTES];
  private final Address[] addresses = new Address[CACHE_ENTRIES];
  private final byte[][] pseudonyms = new byte[CACHE_ENTRIES][];

  AddressPseudonym(PseudonymKey key) {
    mac = key.newMac();
    digest = new byte[mac.getMacLength()];
  }

  @Override
  public void appendAddress(Address address, OutputBuffer out) {
    int slot = (int) Sample.finish(address.high() * 31 + address.low()) & CACHE_ENTRIES - 1;
    if (!address.equals(addresses[slot])) {
      addresses[slot] = address;
      put(address.high(), 0);
      put(address.low(), Long.BYTES);
      mac.update(input);
      pseudonyms[slot] = pseudonym();
    }
    out.append(pseudonyms[slot]);
  }

  @Override
  public void appendName(byte[] text, int from, int to, OutputBuffer out) {
    mac.update(NAME);
    for (int i = from; i < to; i++) {
      mac.update(Substrings.lowerCase(text[i]));
    }
    out.append(pseudonym());
  }

  private void put(long value, int at) {
    for (int i = 0; i < Long.BYTES; i++) {
      input[at + i] = (byte) (value >>> (Long.SIZE - Byte.SIZE * (i + 1)));
    }
  }

  private byte[] pseudonym() {
    try {
      mac.doFinal(digest, 0);
    } catch (ShortBufferException e) {
      throw new IllegalStateException("the buffer is as long as the MAC", e);
    }
    byte[] text = new byte[PREFIX.length + 2 * PSEUDONYM_BYTES];
    System.arraycopy(PREFIX, 0, text, 0, PREFIX.length);
    for (int i = 0; i < PSEUDONYM_BYTES; i++) {
      text[PREFIX.length + 2 * i] = HEX[digest[i] >> 4 & 0xF];
      text[PREFIX.length + 2 * i + 1] = HEX[digest[i] & 0xF];
    }
    return text;
  }
}
