package dev.sluice.enricher.steps;

import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which steps a line goes through besides parsing, look-ups and writing. All are off by default.
 *
 * @param filter rules in their order
 * @param sampleShare share of the lines that is kept, from 0 to 1
 */
public record StepSettings(
    List<FilterRule> filter,
    double sampleShare,
    MaskSettings mask,
    Anonymisation anonymisation,
    SchemaSettings schema,
    Optional<AnomalySettings> anomalies) {

  private static final String ANONYMISATION = "ANONYMISATION";
  private static final String ANONYMISATION_KEY = "ANONYMISATION_KEY";

  /** A class of its own, so that only who names parameters compiles it. */
  private static final class ParameterName {
    static final Pattern TEXT = Pattern.compile("[\\w.~-]{1,100}");
  }

  /** No step. */
  public static final StepSettings OFF =
      new StepSettings(
          List.of(),
          1,
          new MaskSettings(Set.of(), List.of()),
          new Anonymisation(
              Anonymisation.Mode.OFF,
              Anonymisation.DEFAULT_IPV4_BITS,
              Anonymisation.DEFAULT_IPV6_BITS,
              Optional.empty()),
          new SchemaSettings(SchemaCheckMode.OFF, Optional.empty()),
          Optional.empty());

  public StepSettings {
    filter = List.copyOf(filter);
    if (!(sampleShare >= 0 && sampleShare <= 1)) {
      throw new IllegalArgumentException("sampleShare is " + sampleShare + ", not from 0 to 1");
    }
    Objects.requireNonNull(mask, "mask");
    Objects.requireNonNull(anonymisation, "anonymisation");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(anomalies, "anomalies");
  }

  /** Whether a line's warnings depend on the lines before it. */
  public boolean ordered() {
    return anomalies.isPresent();
  }

  /** Reads the keys of the steps; problems stay in {@code settings}. */
  public static StepSettings from(Settings settings) {
    return new StepSettings(
        filter(settings),
        sampleShare(settings),
        mask(settings),
        anonymisation(settings),
        new SchemaSettings(
            settings.choice("SCHEMA_CHECK", SchemaCheckMode.class, SchemaCheckMode.OFF),
            settings.path("SCHEMA_FILE")),
        anomalies(settings));
  }

  /** Every key that {@link #from} reads. */
  public static List<SettingKey> keys() {
    return StepKeys.ALL;
  }

  private static List<FilterRule> filter(Settings settings) {
    Optional<String> rules = settings.text("FILTER_RULES");
    if (rules.isEmpty()) {
      return List.of();
    }
    Consumer<String> problems = text -> settings.problem("FILTER_RULES", "is wrong: " + text);
    return new FilterRuleReader(problems).read(rules.get());
  }

  /** Whether lines are chosen by where they come from, by {@code SAMPLE} or by a rule. */
  public boolean samples() {
    if (sampleShare < 1) {
      return true;
    }
    for (FilterRule rule : filter) {
      for (FilterRule.Term term : rule.terms()) {
        if (term.kind().equals(FilterConditions.SAMPLE)) {
          return true;
        }
      }
    }
    return false;
  }

  private static double sampleShare(Settings settings) {
    Optional<String> share = settings.text("SAMPLE");
    if (share.isEmpty()) {
      return 1;
    }
    try {
      return Sample.parse(share.get()).share();
    } catch (IllegalArgumentException e) {
      settings.problem("SAMPLE", "is wrong: " + e.getMessage());
      return 1;
    }
  }

  private static MaskSettings mask(Settings settings) {
    Set<MaskedKind> kinds = EnumSet.noneOf(MaskedKind.class);
    for (String word : list(settings, "MASK")) {
      Optional<MaskedKind> kind =
          Stream.of(MaskedKind.values())
              .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
              .findFirst();
      kind.ifPresent(kinds::add);
      if (kind.isEmpty()) {
        settings.problem("MASK", "has \"" + word + "\", expected emails, tokens, cards");
      }
    }
    List<String> names = list(settings, "MASK_QUERY_PARAMETERS");
    for (String name : names) {
      if (!ParameterName.TEXT.matcher(name).matches()) {
        settings.problem(
            "MASK_QUERY_PARAMETERS",
            "has \"" + name + "\", expected names of letters, digits, _ . ~ - without brackets");
      }
    }
    if (names.size() > MaskSettings.MAX_QUERY_PARAMETERS) {
      settings.problem(
          "MASK_QUERY_PARAMETERS", "has more than " + MaskSettings.MAX_QUERY_PARAMETERS + " names");
    }
    return new MaskSettings(kinds, names);
  }

  private static List<String> list(Settings settings, String key) {
    Optional<String> value = settings.text(key);
    if (value.isEmpty()) {
      return List.of();
    }
    return Stream.of(value.get().split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static Anonymisation anonymisation(Settings settings) {
    Anonymisation.Mode mode =
        settings.choice(ANONYMISATION, Anonymisation.Mode.class, Anonymisation.Mode.OFF);
    int ipv4Bits =
        settings.intBetween(
            "ANONYMISATION_IPV4_BITS",
            Anonymisation.DEFAULT_IPV4_BITS,
            0,
            Anonymisation.MAX_IPV4_BITS);
    int ipv6Bits =
        settings.intBetween(
            "ANONYMISATION_IPV6_BITS",
            Anonymisation.DEFAULT_IPV6_BITS,
            0,
            Anonymisation.MAX_IPV6_BITS);
    Optional<PseudonymKey> key = key(settings);
    if (mode == Anonymisation.Mode.HMAC && key.isEmpty()) {
      if (settings.text(ANONYMISATION_KEY).isEmpty()) {
        settings.problem(ANONYMISATION_KEY, "is not set, but ANONYMISATION is hmac");
      }
      mode = Anonymisation.Mode.OFF;
    }
    boolean withoutGeo = settings.flag("ANONYMISATION_WITHOUT_GEO", false);
    if (mode != Anonymisation.Mode.OFF
        && !withoutGeo
        && settings.text("GEOIP_CITY_DATABASE").isEmpty()) {
      settings.problem(
          ANONYMISATION,
          "is on, but GEOIP_CITY_DATABASE is not set: nothing can locate an address that is gone;"
              + " ANONYMISATION_WITHOUT_GEO=true where nothing shall");
    }
    return new Anonymisation(mode, ipv4Bits, ipv6Bits, key);
  }

  /** Problems with the key never repeat it. */
  private static Optional<PseudonymKey> key(Settings settings) {
    Optional<String> key = settings.text(ANONYMISATION_KEY);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(PseudonymKey.of(key.get()));
    } catch (IllegalArgumentException e) {
      settings.problem(ANONYMISATION_KEY, e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<AnomalySettings> anomalies(Settings settings) {
    boolean on = settings.flag("ANOMALY_FLAGS", false);
    Duration window = settings.duration("ANOMALY_WINDOW", AnomalySettings.DEFAULT_WINDOW);
    if (window.toSeconds() < 1 || window.compareTo(AnomalySettings.MAX_WINDOW) > 0) {
      settings.problem("ANOMALY_WINDOW", "is not from 1s to 1d");
      window = AnomalySettings.DEFAULT_WINDOW;
    }
    var anomalies =
        new AnomalySettings(
            window,
            settings.intBetween(
                "ANOMALY_BASELINE_WINDOWS", AnomalySettings.DEFAULT_BASELINE_WINDOWS, 1, 10_000),
            settings.intBetween("ANOMALY_DEVIATIONS", AnomalySettings.DEFAULT_DEVIATIONS, 1, 1_000),
            settings.intBetween(
                "ANOMALY_MIN_REQUESTS", AnomalySettings.DEFAULT_MIN_REQUESTS, 1, 1_000_000_000),
            settings.intBetween(
                "ANOMALY_HOSTS", AnomalySettings.DEFAULT_HOSTS, 8, AnomalySettings.MAX_HOSTS));
    return on ? Optional.of(anomalies) : Optional.empty();
  }
}
