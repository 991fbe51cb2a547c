package dev.sluice.enricher.profile;

import dev.sluice.enricher.Warning;
import dev.sluice.enricher.Warnings;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What an earlier stage has found out about a line and this one does not: nothing for a line that
 * comes from a web server. Filled anew for every line; not thread-safe.
 */
public final class KeptKeys {
  /** The version of docs/schema/flat.json; larger when a reader of the older one would err. */
  public static final int SCHEMA_VERSION = 1;

  private static final byte[] NOTHING = {};

  /** For lines that come from a web server; not to be changed. */
  public static final KeptKeys NONE = new KeptKeys();

  private final Set<OutputGroup> groups = EnumSet.noneOf(OutputGroup.class);
  private final Set<Warning> warnings = EnumSet.noneOf(Warning.class);
  private boolean warned;
  private byte[] otherWarnings = NOTHING;
  private byte[] otherErrors = NOTHING;
  private byte[] eventId = NOTHING;
  private byte[] tags = NOTHING;
  private final Map<FlatKey, byte[]> derived = new EnumMap<>(FlatKey.class);
  private byte[] unknownKeys = NOTHING;
  private byte[] place = NOTHING;
  private byte[] autonomousSystem = NOTHING;
  private byte[] userAgent = NOTHING;
  private byte[] hostName = NOTHING;
  private byte[] reference = NOTHING;
  private boolean bot;
  private byte[] webpage;
  private byte[] referingPage;

  /** Forgets all. */
  public void clear() {
    groups.clear();
    warnings.clear();
    warned = false;
    otherWarnings = NOTHING;
    otherErrors = NOTHING;
    eventId = NOTHING;
    tags = NOTHING;
    derived.clear();
    unknownKeys = NOTHING;
    place = NOTHING;
    autonomousSystem = NOTHING;
    userAgent = NOTHING;
    hostName = NOTHING;
    reference = NOTHING;
    bot = false;
    webpage = null;
    referingPage = null;
  }

  /** Whether the line came with keys of the group. */
  public boolean has(OutputGroup group) {
    return groups.contains(group);
  }

  public void add(OutputGroup group) {
    groups.add(group);
  }

  /** Whether the line had any warning, one that this version knows or not. */
  public boolean isWarned() {
    return warned;
  }

  /** Adds the warnings that this version knows. */
  public void addTo(Warnings all) {
    if (warned) {
      warnings.forEach(all::add);
    }
  }

  /**
   * @param known warnings that this version knows
   * @param others names of the others, each quoted and after a comma
   * @param errors those of them that are enrichment errors
   */
  public void warnings(Set<Warning> known, byte[] others, byte[] errors) {
    warned = true;
    warnings.addAll(known);
    otherWarnings = others;
    otherErrors = errors;
  }

  /** Names that this version does not know, each quoted and after a comma. */
  public byte[] otherWarnings() {
    return otherWarnings;
  }

  /** Those among {@link #otherWarnings} that are enrichment errors. */
  public byte[] otherErrors() {
    return otherErrors;
  }

  /** The id as JSON, or no bytes. */
  public byte[] eventId() {
    return eventId;
  }

  public void eventId(byte[] json) {
    eventId = json;
  }

  /** The tags as JSON, or no bytes. */
  public byte[] tags() {
    return tags;
  }

  public void tags(byte[] json) {
    tags = json;
  }

  /** The value of a derived key whose source is gone, as JSON, or null. */
  public byte[] derived(FlatKey key) {
    return derived.get(key);
  }

  public void derived(FlatKey key, byte[] json) {
    derived.put(key, json);
  }

  /** Keys that are not made here, with their values, each after a comma. */
  public byte[] unknownKeys() {
    return unknownKeys;
  }

  public void unknownKeys(byte[] members) {
    unknownKeys = members;
  }

  /** City, country and location, each after a comma, or no bytes. */
  public byte[] place() {
    return place;
  }

  public void place(byte[] members) {
    place = members;
  }

  /** Number and organisation of the autonomous system, each after a comma, or no bytes. */
  public byte[] autonomousSystem() {
    return autonomousSystem;
  }

  public void autonomousSystem(byte[] members) {
    autonomousSystem = members;
  }

  /** System, browser and type of device, each after a comma, or no bytes. */
  public byte[] userAgent() {
    return userAgent;
  }

  /** Whether the user agent is a robot's; only when there is a {@link #userAgent}. */
  public boolean isBot() {
    return bot;
  }

  public void userAgent(byte[] members, boolean isBot) {
    userAgent = members;
    bot = isBot;
  }

  /** The name of the host as JSON, or no bytes. */
  public byte[] hostName() {
    return hostName;
  }

  public void hostName(byte[] json) {
    hostName = json;
  }

  /** Reference data as JSON, or no bytes. */
  public byte[] reference() {
    return reference;
  }

  public void reference(byte[] json) {
    reference = json;
  }

  /** The page, or null. */
  public byte[] webpage() {
    return webpage;
  }

  public void webpage(byte[] text) {
    webpage = text;
  }

  /** The page that the referer names, or null. */
  public byte[] referingPage() {
    return referingPage;
  }

  public void referingPage(byte[] text) {
    referingPage = text;
  }
}
