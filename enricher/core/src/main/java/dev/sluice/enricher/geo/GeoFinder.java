package dev.sluice.enricher.geo;

/** One thread's way to what is known about addresses. Not thread-safe. */
public final class GeoFinder {
  private final RecordFinder<Place> places;
  private final AddressBits address = new AddressBits();

  GeoFinder(RecordFinder<Place> places) {
    this.places = places;
  }

  /** The place of the host from {@code from} (in) to {@code to} (out). */
  public GeoFragment find(byte[] host, int from, int to) {
    return address.parse(host, from, to) ? places.find(address) : GeoFragment.NOTHING;
  }

  /** The place of an address. */
  public GeoFragment find(AddressBits known) {
    return places.find(known);
  }
}
