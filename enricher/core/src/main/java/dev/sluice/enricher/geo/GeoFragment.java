package dev.sluice.enricher.geo;

/**
 * The rendered part of a JSON line that one database knows about an address.
 *
 * @param json keys and values, each key after a comma; empty when nothing is known; not to be
 *     changed
 * @param readable false when the database was broken at this address
 */
public record GeoFragment(byte[] json, boolean readable) {
  /** For hosts that are no address, and when there is no database. */
  public static final GeoFragment NOTHING = new GeoFragment(new byte[0], true);

  static final GeoFragment UNREADABLE = new GeoFragment(new byte[0], false);

  static GeoFragment of(byte[] json) {
    return json.length == 0 ? NOTHING : new GeoFragment(json, true);
  }
}
