package dev.sluice.enricher.geo;

/**
 * One thread's way to what is known about addresses. Allocates nothing once the records are known.
 * Not thread-safe.
 */
public final class GeoFinder {
  private final RecordFinder<Place> places;
  private final RecordFinder<AutonomousSystem> systems;
  private final AddressBits address = new AddressBits();
  private final HostTable hosts = new HostTable();
  private final GeoFragment[] hostPlaces = new GeoFragment[HostTable.SLOTS];
  private final GeoFragment[] hostSystems = new GeoFragment[HostTable.SLOTS];

  private GeoFragment place = GeoFragment.NOTHING;
  private GeoFragment system = GeoFragment.NOTHING;

  /**
   * @param places null without such a database
   * @param systems null without such a database
   */
  GeoFinder(RecordFinder<Place> places, RecordFinder<AutonomousSystem> systems) {
    this.places = places;
    this.systems = systems;
  }

  /**
   * Whether the host from {@code from} (in) to {@code to} (out) is an address that came a short
   * while ago. If so, the other methods tell what was found then; otherwise they tell nothing.
   */
  public boolean recall(byte[] host, int from, int to) {
    refresh();
    int slot = hosts.slot(host, from, to);
    if (slot == HostTable.NONE || !hosts.find(slot, host, from, to)) {
      return false;
    }
    place = hostPlaces[slot];
    system = hostSystems[slot];
    return true;
  }

  /**
   * Looks for the host from {@code from} (in) to {@code to} (out); the other methods tell what was
   * found.
   *
   * @return whether the host is an address
   */
  public boolean find(byte[] host, int from, int to) {
    refresh();
    if (!address.parse(host, from, to)) {
      place = GeoFragment.NOTHING;
      system = GeoFragment.NOTHING;
      return false;
    }
    place = places == null ? GeoFragment.NOTHING : places.find(address);
    system = systems == null ? GeoFragment.NOTHING : systems.find(address);
    remember(host, from, to);
    return true;
  }

  private void remember(byte[] host, int from, int to) {
    int slot = hosts.slot(host, from, to);
    if (slot != HostTable.NONE && hosts.put(slot, host, from, to)) {
      hostPlaces[slot] = place;
      hostSystems[slot] = system;
    }
  }

  private void refresh() {
    boolean reloaded = places != null && places.refresh();
    reloaded |= systems != null && systems.refresh();
    if (reloaded) {
      hosts.clear();
    }
  }

  /** Where the address found last is. */
  public GeoFragment place() {
    return place;
  }

  /** Whose network the address found last is in. */
  public GeoFragment autonomousSystem() {
    return system;
  }
}
