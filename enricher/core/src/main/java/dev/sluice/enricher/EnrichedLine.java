package dev.sluice.enricher;

import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.geo.GeoFragment;
import dev.sluice.enricher.page.PageName;
import dev.sluice.enricher.page.RequestLine;
import dev.sluice.enricher.profile.KeptKeys;
import dev.sluice.enricher.useragent.UserAgentFragment;

/**
 * All that is known about one line, for whoever writes it: a view that is filled anew for every
 * line, over bytes of somebody else. Not thread-safe.
 *
 * <p>A reference is written only where it is another than before: for each one that is written, a
 * collector may note a card of memory, and threads whose lines lie close together in the heap would
 * take the notes of these cards away from each other.
 */
public final class EnrichedLine {
  /** What was looked up and is not there. */
  public static final byte[] NOT_FOUND = {};

  /** How many {@linkplain #rendered rendered} pieces there are. */
  public static final int RENDERED = 3;

  private final AccessLogLine fields = new AccessLogLine();
  private final RequestLine request = new RequestLine();
  private final PageName webpage = new PageName();
  private final PageName referingPage = new PageName();
  private final Warnings warnings = new Warnings();
  private byte[] logged;
  private int loggedFrom;
  private int loggedTo;
  private boolean parsed;
  private LinePosition position;
  private String violation;
  private KeptKeys kept = KeptKeys.NONE;
  private byte[] place = GeoFragment.NOTHING;
  private byte[] autonomousSystem = GeoFragment.NOTHING;
  private UserAgentFragment userAgent = UserAgentFragment.NOTHING;
  private byte[] hostName = NOT_FOUND;
  private byte[] reference = NOT_FOUND;
  private boolean hostMasked;

  // Asked for at once, long before the writer wants what they are the lengths of.
  private int placeLength;
  private int systemLength;
  private int userAgentLength;

  /** The fields as they are in the line. */
  public AccessLogLine fields() {
    return fields;
  }

  /** The parts of the request line; only valid when {@link #fields()} has one. */
  public RequestLine request() {
    return request;
  }

  public PageName webpage() {
    return webpage;
  }

  public PageName referingPage() {
    return referingPage;
  }

  public Warnings warnings() {
    return warnings;
  }

  /** Whether the line has warnings, those of an earlier stage included. */
  public boolean hasWarnings() {
    return !warnings.isEmpty() || kept.isWarned();
  }

  /** Whether there is an earlier stage, which may have found something out. */
  boolean hasKept() {
    return kept != KeptKeys.NONE;
  }

  /** What an earlier stage has found out. */
  public KeptKeys kept() {
    return kept;
  }

  public LinePosition position() {
    return position;
  }

  /**
   * The key that breaks the schema, the empty key for the whole line; null when none does, or
   * nobody has looked yet.
   */
  public String violation() {
    return violation;
  }

  /** Where the client is, rendered. */
  public byte[] place() {
    return place;
  }

  /** Whose network the client is in, rendered. */
  public byte[] autonomousSystem() {
    return autonomousSystem;
  }

  /** What depends on the user agent, rendered. */
  public UserAgentFragment userAgent() {
    return userAgent;
  }

  /**
   * The name that the DNS has for the host as a JSON string, or {@link #NOT_FOUND}; that of an
   * earlier stage before that of this one. None once the host was masked: such names often hold the
   * address.
   */
  public byte[] hostName() {
    if (hostMasked) {
      return NOT_FOUND;
    }
    return kept.hostName().length > 0 ? kept.hostName() : hostName;
  }

  /**
   * Takes the name of the host.
   *
   * @param json a JSON string, or {@link #NOT_FOUND}
   */
  public void hostName(byte[] json) {
    hostName = json;
  }

  /**
   * What a table says about the line as a JSON object, or {@link #NOT_FOUND}; what an earlier stage
   * has found before what this one finds.
   */
  public byte[] reference() {
    return kept.reference().length > 0 ? kept.reference() : reference;
  }

  /**
   * Takes what a table says about the line.
   *
   * @param json a JSON object that is not empty, or {@link #NOT_FOUND}
   */
  public void reference(byte[] json) {
    reference = json;
  }

  /**
   * What is rendered, in the order of the keys: place, autonomous system, user agent.
   *
   * @param i 0 to {@link #RENDERED}, which is excluded
   */
  public byte[] rendered(int i) {
    return i == 0 ? place : i == 1 ? autonomousSystem : userAgent.json();
  }

  /** Bytes of place, autonomous system and user agent as they are rendered. */
  public int renderedLength() {
    return placeLength + systemLength + userAgentLength;
  }

  /** Looks at the line from {@code from} (in) to {@code to} (out), as it was logged. */
  void look(byte[] buffer, int from, int to) {
    if (logged != buffer) {
      logged = buffer;
    }
    loggedFrom = from;
    loggedTo = to;
    parsed = false;
  }

  byte[] logged() {
    return logged;
  }

  int loggedFrom() {
    return loggedFrom;
  }

  int loggedTo() {
    return loggedTo;
  }

  /** Whether {@link #fields()} are those of the line, and all that they must be. */
  boolean isParsed() {
    return parsed;
  }

  void parsed(boolean holds) {
    parsed = holds;
  }

  void begin(LinePosition newPosition, KeptKeys newKept) {
    if (position != newPosition) {
      position = newPosition;
    }
    violation = null;
    if (kept != newKept) {
      kept = newKept;
    }
    hostMasked = false;
    warnings.clear();
    kept.addTo(warnings);
  }

  void violation(String key) {
    violation = key;
    warnings.add(Warning.SCHEMA_VIOLATION);
  }

  void hostMasked() {
    hostMasked = true;
  }

  void place(byte[] newPlace) {
    if (place != newPlace) {
      place = newPlace;
    }
    placeLength = newPlace.length;
  }

  void autonomousSystem(byte[] newSystem) {
    if (autonomousSystem != newSystem) {
      autonomousSystem = newSystem;
    }
    systemLength = newSystem.length;
  }

  void userAgent(UserAgentFragment newUserAgent) {
    if (userAgent != newUserAgent) {
      userAgent = newUserAgent;
    }
    userAgentLength = newUserAgent.json().length;
  }
}
