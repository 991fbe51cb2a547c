package dev.sluice.enricher.geo;

/**
 * Where an address is, as far as the database knows.
 *
 * @param city English name, or null
 * @param country English name, or null
 * @param latitude degrees north, or null
 * @param longitude degrees east, or null
 */
public record Place(String city, String country, Double latitude, Double longitude) {
  /** Nothing is known about the address. */
  public static final Place UNKNOWN = new Place(null, null, null, null);

  /** Whether both numbers are known; one alone is no location. */
  public boolean hasLocation() {
    return latitude != null
        && longitude != null
        && Double.isFinite(latitude)
        && Double.isFinite(longitude);
  }
}
