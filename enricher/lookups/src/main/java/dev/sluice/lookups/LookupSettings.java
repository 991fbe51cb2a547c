package dev.sluice.lookups;

import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.LogFormat;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import dev.sluice.enricher.steps.Anonymisation;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is looked up elsewhere; nothing by default. Endpoint, region and credentials of DynamoDB are
 * found by the AWS SDK.
 *
 * @param deadline longest time that a batch of lines waits for all of its look-ups
 * @param breakerFailures failures in a row after which a source is not asked any more
 * @param breakerPause time until it is tried again
 */
public record LookupSettings(
    Optional<ReverseDnsSettings> reverseDns,
    Optional<ReferenceSettings> reference,
    Duration deadline,
    int breakerFailures,
    Duration breakerPause) {

  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(1);
  static final Duration MIN_DEADLINE = Duration.ofMillis(10);
  static final Duration MAX_DEADLINE = Duration.ofSeconds(10);
  static final int DEFAULT_BREAKER_FAILURES = 10;
  static final Duration DEFAULT_BREAKER_PAUSE = Duration.ofSeconds(30);
  static final int DEFAULT_IN_FLIGHT = 32;
  static final int MAX_IN_FLIGHT = 256;
  static final int DEFAULT_DNS_CACHE_ENTRIES = 100_000;
  static final Duration DEFAULT_DNS_TTL = Duration.ofHours(1);
  static final Duration DEFAULT_DNS_ABSENT_TTL = Duration.ofMinutes(10);
  static final int DEFAULT_REFERENCE_CACHE_ENTRIES = 20_000;
  static final Duration DEFAULT_REFERENCE_TTL = Duration.ofMinutes(5);
  static final Duration DEFAULT_REFERENCE_ABSENT_TTL = Duration.ofMinutes(1);
  static final int MAX_CACHE_ENTRIES = 10_000_000;
  static final int MAX_ATTRIBUTES = 20;

  private static final int MAX_BREAKER_FAILURES = 1_000_000;
  private static final String DNS = "REVERSE_DNS";
  private static final String SERVER = "REVERSE_DNS_SERVER";
  private static final String TABLE = "REFERENCE_TABLE";
  private static final String KEY = "REFERENCE_KEY";
  private static final String FIELD = "REFERENCE_FIELD";
  private static final String ATTRIBUTES = "REFERENCE_ATTRIBUTES";

  /** A class of its own, so that only who looks something up compiles them. */
  private static final class Texts {
    static final Pattern SERVER =
        Pattern.compile("(?:\\[[0-9A-Fa-f:.]{2,45}\\]|[A-Za-z0-9.-]{1,253})(?::[0-9]{1,5})?");

    /** A name or an ARN, as BatchGetItem takes both. */
    static final Pattern TABLE =
        Pattern.compile("[A-Za-z0-9_.-]{3,255}|arn:[A-Za-z0-9_.:/-]{1,1000}");

    /** What is a key of JSON and of every sink as it stands. */
    static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
  }

  /**
   * Reads {@link #keys()}; problems stay in {@code settings}.
   *
   * @param enricher what the lines go through besides
   */
  public static LookupSettings from(Settings settings, EnricherSettings enricher) {
    boolean anonymises = enricher.steps().anonymisation().mode() != Anonymisation.Mode.OFF;
    return new LookupSettings(
        reverseDns(settings, anonymises),
        reference(settings, enricher.format(), anonymises),
        deadline(settings),
        settings.intBetween(
            "LOOKUP_BREAKER_FAILURES", DEFAULT_BREAKER_FAILURES, 1, MAX_BREAKER_FAILURES),
        settings.duration("LOOKUP_BREAKER_PAUSE", DEFAULT_BREAKER_PAUSE));
  }

  /** Every key that {@link #from} reads. */
  public static List<SettingKey> keys() {
    return LookupKeys.ALL;
  }

  /** Whether nothing is looked up. */
  public boolean isOff() {
    return reverseDns.isEmpty() && reference.isEmpty();
  }

  /** The reference table, if there is one. */
  public Optional<String> table() {
    return reference.map(ReferenceSettings::table);
  }

  private static Duration deadline(Settings settings) {
    Duration deadline = settings.duration("LOOKUP_DEADLINE", DEFAULT_DEADLINE);
    if (deadline.compareTo(MIN_DEADLINE) < 0 || deadline.compareTo(MAX_DEADLINE) > 0) {
      settings.problem("LOOKUP_DEADLINE", "is not from 10ms to 10s");
      return DEFAULT_DEADLINE;
    }
    return deadline;
  }

  private static Optional<ReverseDnsSettings> reverseDns(Settings settings, boolean anonymises) {
    boolean on = settings.flag(DNS, false);
    if (on && anonymises) {
      settings.problem(
          DNS, "is true, but ANONYMISATION is on: the name of a host often holds its address");
    }
    Optional<String> server = settings.text(SERVER);
    if (server.isPresent() && !Texts.SERVER.matcher(server.get()).matches()) {
      settings.problem(
          SERVER, "is \"" + server.get() + "\", expected host or host:port, IPv6 in brackets");
    }
    if (server.isPresent() && !on) {
      settings.problem(SERVER, "is set, but REVERSE_DNS is not true");
    }
    var dns =
        new ReverseDnsSettings(
            server,
            settings.intBetween("REVERSE_DNS_IN_FLIGHT", DEFAULT_IN_FLIGHT, 1, MAX_IN_FLIGHT),
            settings.flag("REVERSE_DNS_SPECIAL_ADDRESSES", false),
            new CacheSettings(
                settings.intBetween(
                    "REVERSE_DNS_CACHE_ENTRIES", DEFAULT_DNS_CACHE_ENTRIES, 1, MAX_CACHE_ENTRIES),
                settings.duration("REVERSE_DNS_TTL", DEFAULT_DNS_TTL),
                settings.duration("REVERSE_DNS_ABSENT_TTL", DEFAULT_DNS_ABSENT_TTL)));
    return on ? Optional.of(dns) : Optional.empty();
  }

  private static Optional<ReferenceSettings> reference(
      Settings settings, LogFormat format, boolean anonymises) {
    Optional<String> table = settings.text(TABLE);
    if (table.isPresent() && !Texts.TABLE.matcher(table.get()).matches()) {
      settings.problem(
          TABLE, "is \"" + table.get() + "\", expected the name or ARN of a DynamoDB table");
    }
    for (String key : List.of(KEY, ATTRIBUTES)) {
      if (settings.text(key).isPresent() != table.isPresent()) {
        settings.problem(
            key,
            table.isPresent()
                ? "is not set, but REFERENCE_TABLE is"
                : "is set, but REFERENCE_TABLE is not");
      }
    }
    String key = settings.text(KEY, "");
    KeyField field = field(settings);
    if (table.isPresent() && !field.isIn(format)) {
      settings.problem(FIELD, "names a field that LOG_FORMAT does not have");
    }
    Set<String> attributes = attributes(settings);
    if (anonymises && field.mayBeAddress() && attributes.contains(key)) {
      settings.problem(
          ATTRIBUTES,
          "has " + key + ", which is the address of the client, but ANONYMISATION is on");
    }
    var cache =
        new CacheSettings(
            settings.intBetween(
                "REFERENCE_CACHE_ENTRIES", DEFAULT_REFERENCE_CACHE_ENTRIES, 1, MAX_CACHE_ENTRIES),
            settings.duration("REFERENCE_TTL", DEFAULT_REFERENCE_TTL),
            settings.duration("REFERENCE_ABSENT_TTL", DEFAULT_REFERENCE_ABSENT_TTL));
    return table.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ReferenceSettings(table.get(), key, field, List.copyOf(attributes), cache));
  }

  private static KeyField field(Settings settings) {
    String name = settings.text(FIELD, "host");
    Optional<KeyField> field = KeyField.of(name);
    if (field.isEmpty()) {
      settings.problem(
          FIELD, "is \"" + name + "\", none of " + String.join(", ", KeyField.names()));
    }
    return field.isPresent() ? field.get() : KeyField.of("host").orElseThrow();
  }

  private static Set<String> attributes(Settings settings) {
    var attributes = new LinkedHashSet<String>();
    Optional<String> names = settings.text(ATTRIBUTES);
    for (String name : names.isEmpty() ? new String[0] : names.get().split(",")) {
      if (!name.isBlank()) {
        attributes.add(name.strip());
      }
    }
    for (String name : attributes) {
      if (!Texts.ATTRIBUTE.matcher(name).matches()) {
        settings.problem(
            ATTRIBUTES, "has \"" + name + "\", expected up to 100 letters, digits, _ . -");
      }
    }
    if (attributes.size() > MAX_ATTRIBUTES) {
      settings.problem(ATTRIBUTES, "has more than " + MAX_ATTRIBUTES + " names");
    } else if (attributes.isEmpty() && names.isPresent()) {
      settings.problem(ATTRIBUTES, "names no attribute");
    }
    return attributes;
  }
}
