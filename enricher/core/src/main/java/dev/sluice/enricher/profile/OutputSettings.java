package dev.sluice.enricher.profile;

import dev.sluice.enricher.FlatFormat;
import dev.sluice.enricher.LogFormat;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is written beyond, or less than, the contract of {@code flat}. Immutable.
 *
 * @param groups groups that every line has
 * @param chosen keys that are written when a line has them
 * @param keepsUnknownKeys whether keys of an earlier stage that are none of ours are written
 * @param tags written with every line, in this order
 */
public record OutputSettings(
    Set<OutputGroup> groups,
    Set<FlatKey> chosen,
    boolean keepsUnknownKeys,
    Map<String, String> tags) {

  /** Bounds of AWS's own resource tags: number, and characters of a key and of a value. */
  static final int MAX_TAGS = 50;

  static final int MAX_TAG_KEY_LENGTH = 128;
  static final int MAX_TAG_VALUE_LENGTH = 256;

  /** The contract of {@code flat}, nothing else. */
  public static final OutputSettings CONTRACT =
      new OutputSettings(Set.of(), EnumSet.allOf(FlatKey.class), true, Map.of());

  private static final String GROUPS_KEY = "OUTPUT_GROUPS";
  private static final String FIELDS_KEY = "OUTPUT_FIELDS";
  private static final String OMIT_KEY = "OMIT_FIELDS";
  private static final String TAGS_KEY = "TAGS";

  /** The keys that {@link #from} reads. */
  public static final List<SettingKey> KEYS =
      List.of(
          new SettingKey(
              GROUPS_KEY,
              "",
              "derived, quality, event_id, tags, schema_version",
              "Groups of keys to add to flat, separated by commas: docs/format.md."),
          new SettingKey(
              FIELDS_KEY,
              "",
              "keys of flat",
              "The only keys to write, separated by commas; all when not set."),
          new SettingKey(OMIT_KEY, "", "keys of flat", "Keys not to write, separated by commas."),
          new SettingKey(
              TAGS_KEY,
              "",
              "key=value,...",
              "What the group tags writes with every line; at most 50."));

  public OutputSettings {
    groups = Collections.unmodifiableSet(copyOf(groups, OutputGroup.class));
    chosen = Collections.unmodifiableSet(copyOf(chosen, FlatKey.class));
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /** The same with an id in every line. */
  public OutputSettings withEventId() {
    Set<OutputGroup> moreGroups = copyOf(groups, OutputGroup.class);
    moreGroups.add(OutputGroup.EVENT_ID);
    Set<FlatKey> moreKeys = copyOf(chosen, FlatKey.class);
    moreKeys.add(FlatKey.EVENT_ID);
    return new OutputSettings(moreGroups, moreKeys, keepsUnknownKeys, tags);
  }

  private static <E extends Enum<E>> Set<E> copyOf(Set<E> constants, Class<E> type) {
    var copy = EnumSet.noneOf(type);
    copy.addAll(constants);
    return copy;
  }

  /** Reads {@link #KEYS}; problems stay in {@code settings}. */
  public static OutputSettings from(Settings settings) {
    Set<OutputGroup> groups = groups(settings);
    Set<FlatKey> only = keys(settings, FIELDS_KEY);
    Set<FlatKey> omitted = keys(settings, OMIT_KEY);
    Map<String, String> tags = tags(settings);
    reportGroupsThatAreOff(settings, only, groups);
    if (groups.contains(OutputGroup.TAGS) == tags.isEmpty()) {
      settings.problem(
          TAGS_KEY,
          tags.isEmpty() ? "is not set, but OUTPUT_GROUPS has tags" : "needs OUTPUT_GROUPS=tags");
    }
    boolean all = settings.text(FIELDS_KEY).isEmpty();
    Set<FlatKey> chosen = all ? EnumSet.allOf(FlatKey.class) : EnumSet.copyOf(only);
    chosen.removeAll(omitted);
    if (chosen.isEmpty() && (all || !only.isEmpty())) {
      settings.problem(OMIT_KEY, "leaves no key to write");
    } else if (chosen.isEmpty() && settings.text(FIELDS_KEY).orElseThrow().matches("[, ]*")) {
      settings.problem(FIELDS_KEY, "names no key");
    }
    return new OutputSettings(groups, chosen, all, tags);
  }

  /** Reports what only {@code flat} can do. */
  public void reportMisfits(Profile profile, LogFormat input, Settings settings) {
    if (profile == Profile.FLAT) {
      return;
    }
    if (input instanceof FlatFormat) {
      settings.problem("OUTPUT_PROFILE", "is ecs, but LOG_FORMAT=flat has only flat after it");
    }
    for (OutputGroup group : List.of(OutputGroup.DERIVED, OutputGroup.SCHEMA_VERSION)) {
      if (groups.contains(group)) {
        settings.problem(GROUPS_KEY, "has " + group.label() + ", which is of flat, not of ecs");
      }
    }
    for (String key : List.of(FIELDS_KEY, OMIT_KEY)) {
      if (settings.text(key).isPresent()) {
        settings.problem(key, "chooses among the keys of flat, but OUTPUT_PROFILE is ecs");
      }
    }
  }

  private static void reportGroupsThatAreOff(
      Settings settings, Set<FlatKey> only, Set<OutputGroup> groups) {
    for (FlatKey key : only) {
      if (key.group().isPresent() && !groups.contains(key.group().get())) {
        settings.problem(
            FIELDS_KEY,
            "names " + key.label() + ", but OUTPUT_GROUPS has no " + key.group().get().label());
      }
    }
  }

  private static Set<OutputGroup> groups(Settings settings) {
    return settings.text(GROUPS_KEY).isEmpty()
        ? EnumSet.noneOf(OutputGroup.class)
        : named(settings, GROUPS_KEY, OutputGroup.values(), OutputGroup::label, OutputGroup.class);
  }

  private static Set<FlatKey> keys(Settings settings, String key) {
    return settings.text(key).isEmpty()
        ? EnumSet.noneOf(FlatKey.class)
        : named(settings, key, FlatKey.values(), FlatKey::label, FlatKey.class);
  }

  private static <E extends Enum<E>> Set<E> named(
      Settings settings, String key, E[] all, Function<E, String> label, Class<E> type) {
    Map<String, E> byLabel =
        Arrays.stream(all).collect(Collectors.toMap(label, Function.identity()));
    Set<E> found = EnumSet.noneOf(type);
    for (String name : settings.text(key).orElse("").split(",")) {
      E constant = byLabel.get(name.strip());
      if (constant != null) {
        found.add(constant);
      } else if (!name.isBlank()) {
        settings.problem(
            key,
            "names \""
                + name.strip()
                + "\", none of "
                + Arrays.stream(all).map(label).collect(Collectors.joining(", ")));
      }
    }
    return found;
  }

  private static Map<String, String> tags(Settings settings) {
    Map<String, String> tags = new LinkedHashMap<>();
    Optional<String> all = settings.text(TAGS_KEY);
    for (String tag : all.isEmpty() ? new String[0] : all.get().split(",")) {
      int sign = tag.indexOf('=');
      String name = sign < 0 ? "" : tag.substring(0, sign).strip();
      String value = tag.substring(sign + 1).strip();
      if (name.isEmpty()) {
        settings.problem(TAGS_KEY, "has \"" + tag.strip() + "\", expected key=value");
      } else if (name.length() > MAX_TAG_KEY_LENGTH || value.length() > MAX_TAG_VALUE_LENGTH) {
        settings.problem(
            TAGS_KEY,
            "has a key above "
                + MAX_TAG_KEY_LENGTH
                + " or a value above "
                + MAX_TAG_VALUE_LENGTH
                + " characters");
      } else if (tags.putIfAbsent(name, value) != null) {
        settings.problem(TAGS_KEY, "has " + name + " twice");
      }
    }
    if (tags.size() > MAX_TAGS) {
      settings.problem(TAGS_KEY, "has " + tags.size() + " tags, at most " + MAX_TAGS);
    }
    return tags;
  }

  /** Whether no key is left out: then a line's keys need not be looked at one by one. */
  boolean writesAllKeys() {
    return keepsUnknownKeys && chosen.size() == FlatKey.values().length;
  }

  /**
   * Whether the output is the contract, so that the writer that knows nothing else will do. Not by
   * the way that a record compares itself, which makes dozens of classes at its first use.
   */
  boolean isContract() {
    return groups.isEmpty() && writesAllKeys() && tags.isEmpty();
  }
}
