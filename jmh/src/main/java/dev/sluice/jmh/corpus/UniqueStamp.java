package dev.sluice.jmh.corpus;

import java.nio.charset.StandardCharsets;

/**
 * Writes an address and a number that came never before into a line that {@link #template} has
 * prepared: fifteen digits and dots at the start, and ten digits at the end of the user agent. Ten
 * thousand million lines until one comes again. Not thread-safe.
 */
final class UniqueStamp {
  /** Copies that can run side by side. */
  static final int MAX_THREADS = 16;

  /** Stands where the address goes: no octet is below 100, so that the length is always this. */
  private static final String ADDRESS = "100.100.100.100";

  private static final String NUMBER = "0000000000";
  private static final int SMALLEST = 100;
  private static final int OCTETS = 156; // 100 to 255
  private static final int HOSTS = OCTETS * OCTETS * OCTETS;

  /** First octets in which the full-size database has networks. */
  private static final int[] FIRST_OCTETS = {
    101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119,
    120, 121, 122, 123, 124, 125, 154, 173, 174, 175, 176, 177, 178, 179, 180, 181, 182, 183, 184,
    185, 186, 187, 188, 189, 190, 191, 193, 194, 195, 196, 197, 199, 200, 201, 202, 204, 205, 206,
    207, 208, 209, 210, 211, 212, 213, 216, 217, 218, 219, 220, 221, 222, 223
  };

  /** Without a common factor with the number of addresses, so that neighbours lie far apart. */
  private static final long STRIDE = 104_395_303;

  private static final long ADDRESSES = (long) FIRST_OCTETS.length * HOSTS;

  private long next;

  UniqueStamp() {
    this(0);
  }

  private UniqueStamp(long first) {
    next = first;
  }

  UniqueStamp forThread(int thread) {
    return new UniqueStamp(ADDRESSES / MAX_THREADS * thread);
  }

  /** The line with room for address and number: the address replaced, the user agent longer. */
  static byte[] template(byte[] line) {
    String text = new String(line, StandardCharsets.ISO_8859_1);
    String rest = text.substring(text.indexOf(' '), text.length() - 1);
    return (ADDRESS + rest + " v/" + NUMBER + '"').getBytes(StandardCharsets.ISO_8859_1);
  }

  void put(byte[] bytes, int from, int to) {
    long address = next * STRIDE % ADDRESSES;
    int host = (int) (address % HOSTS);
    putOctet(bytes, from, FIRST_OCTETS[(int) (address / HOSTS)]);
    putOctet(bytes, from + 4, SMALLEST + host / (OCTETS * OCTETS));
    putOctet(bytes, from + 8, SMALLEST + host / OCTETS % OCTETS);
    putOctet(bytes, from + 12, SMALLEST + host % OCTETS);
    long number = next++;
    for (int i = to - 2; i > to - 2 - NUMBER.length(); i--) {
      bytes[i] = (byte) ('0' + number % 10);
      number /= 10;
    }
  }

  private static void putOctet(byte[] bytes, int at, int octet) {
    bytes[at] = (byte) ('0' + octet / 100);
    bytes[at + 1] = (byte) ('0' + octet / 10 % 10);
    bytes[at + 2] = (byte) ('0' + octet % 10);
  }
}
