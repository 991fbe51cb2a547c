package dev.sluice.samples;

/** Status codes as three digits, made once. */
final class Statuses {
  private static final byte[][] TEXTS = new byte[600][];

  static {
    for (int status = 100; status < TEXTS.length; status++) {
      TEXTS[status] = Site.ascii(Integer.toString(status));
    }
  }

  private Statuses() {}

  static byte[] text(int status) {
    return TEXTS[status];
  }
}
