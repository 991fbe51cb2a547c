package dev.sluice.enricher.geo;

/**
 * What the rendered parts of a JSON line are that one database knows about an address: keys and
 * values, each key after a comma; an array of nothing else, so that whoever writes it waits for one
 * place of memory. They are shared, and not to be changed.
 */
public final class GeoFragment {
  /** For hosts that are no address, and when there is no database. */
  public static final byte[] NOTHING = new byte[0];

  /** When the database was broken at an address. As empty as {@link #NOTHING}, and another. */
  static final byte[] UNREADABLE = new byte[0];

  private GeoFragment() {}

  /** False when the database was broken at this address. */
  public static boolean isReadable(byte[] fragment) {
    return fragment != UNREADABLE;
  }

  static byte[] of(byte[] json) {
    return json.length == 0 ? NOTHING : json;
  }
}
