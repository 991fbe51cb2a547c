package dev.sluice.enricher.geo;

/**
 * One thread's way to what is known about addresses. Allocates nothing once the records are known.
 * Not thread-safe.
 */
public final class GeoFinder {
  private final RecordFinder<Place> places;
  private final RecordFinder<AutonomousSystem> systems;
  private final AddressBits address = new AddressBits();
  private final NetworkTable networks = new NetworkTable();
  private final byte[][] networkPlaces = new byte[NetworkTable.SLOTS][];
  private final byte[][] networkSystems = new byte[NetworkTable.SLOTS][];
  private final HostTable hosts = new HostTable();
  private final byte[][] hostPlaces = new byte[HostTable.SLOTS][];
  private final byte[][] hostSystems = new byte[HostTable.SLOTS][];

  private byte[] host;
  private int hostFrom;
  private int hostTo;
  private boolean located;
  private byte[] place = GeoFragment.NOTHING;
  private byte[] system = GeoFragment.NOTHING;

  /**
   * @param places null without such a database
   * @param systems null without such a database
   */
  GeoFinder(RecordFinder<Place> places, RecordFinder<AutonomousSystem> systems) {
    this.places = places;
    this.systems = systems;
  }

  /**
   * Looks for the host from {@code from} (in) to {@code to} (out); the other methods tell what was
   * found.
   *
   * @return whether the host is an address
   */
  public boolean find(byte[] text, int from, int to) {
    boolean found = look(text, from, to);
    locate();
    return found;
  }

  /**
   * The first half of {@link #find}, for whoever wants to know about the host alone at first. The
   * text must stay as it is until {@link #locate}.
   *
   * @return whether the host is an address
   */
  public boolean look(byte[] text, int from, int to) {
    refresh();
    located = true;
    int network = networks.find(text, from, to);
    if (network != NetworkTable.NONE) {
      found(networkPlaces, networkSystems, network);
      return true;
    }
    int slot = hosts.find(text, from, to);
    if (slot != HostTable.NONE) {
      found(hostPlaces, hostSystems, slot);
      return true;
    }
    found(GeoFragment.NOTHING, GeoFragment.NOTHING);
    if (!address.parse(text, from, to)) {
      return false;
    }
    located = false;
    host = text;
    hostFrom = from;
    hostTo = to;
    return true;
  }

  /** Whether {@link #look} has found all, so that nothing is left for {@link #locate}. */
  public boolean isLocated() {
    return located;
  }

  /** The other half of {@link #find}. */
  public void locate() {
    if (located) {
      return;
    }
    located = true;
    found(
        places == null ? GeoFragment.NOTHING : places.find(address),
        systems == null ? GeoFragment.NOTHING : systems.find(address));
    if (isOneNetwork()) {
      int slot = networks.put();
      if (slot != NetworkTable.NONE) {
        networkPlaces[slot] = place;
        networkSystems[slot] = system;
      }
    } else {
      int slot = hosts.put(host, hostFrom, hostTo);
      if (slot != HostTable.NONE) {
        hostPlaces[slot] = place;
        hostSystems[slot] = system;
      }
    }
    host = null; // somebody else's, and perhaps large
  }

  /** Whether all addresses that share 24 bits with this one, of IPv4, have the same answers. */
  private boolean isOneNetwork() {
    return address.isIpv4()
        && (places == null || places.isOneNetwork(address))
        && (systems == null || systems.isOneNetwork(address));
  }

  /** Looks for a system only where there is such a database: each look may wait for memory. */
  private void found(byte[][] knownPlaces, byte[][] knownSystems, int slot) {
    found(knownPlaces[slot], systems == null ? GeoFragment.NOTHING : knownSystems[slot]);
  }

  /** Writes only what is another, as {@code EnrichedLine} does. */
  private void found(byte[] newPlace, byte[] newSystem) {
    if (place != newPlace) {
      place = newPlace;
    }
    if (system != newSystem) {
      system = newSystem;
    }
  }

  private void refresh() {
    boolean reloaded = places != null && places.refresh();
    reloaded |= systems != null && systems.refresh();
    if (reloaded) {
      networks.clear();
      hosts.clear();
    }
  }

  /** Where the address found last is. */
  public byte[] place() {
    return place;
  }

  /** Whose network the address found last is in. */
  public byte[] autonomousSystem() {
    return system;
  }
}
