package dev.sluice.enricher.steps;

import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells which settings mask a field, by trying each of them alone. For people who ask about one
 * line; allocates. Not thread-safe.
 */
public final class MaskReasons {
  private static final MaskSettings NO_TEXT = new MaskSettings(Set.of(), List.of());

  /** By the setting that it stands for, in the order of docs/steps.md. */
  private final Map<String, LineMask> masks = new LinkedHashMap<>();

  public MaskReasons(StepSettings settings) {
    for (MaskedKind kind : MaskedKind.values()) {
      if (settings.mask().kinds().contains(kind)) {
        add(
            "MASK=" + kind.name().toLowerCase(Locale.ROOT),
            new MaskSettings(Set.of(kind), List.of()),
            null);
      }
    }
    for (String parameter : settings.mask().queryParameters()) {
      add(
          "MASK_QUERY_PARAMETERS=" + parameter,
          new MaskSettings(Set.of(), List.of(parameter)),
          null);
    }
    AddressMask addresses = settings.anonymisation().newMask();
    if (addresses != null) {
      String mode = settings.anonymisation().mode().name().toLowerCase(Locale.ROOT);
      add("ANONYMISATION=" + mode, NO_TEXT, addresses);
    }
  }

  private void add(String setting, MaskSettings text, AddressMask addresses) {
    masks.put(setting, new LineMask(new TextMask(text, addresses), addresses));
  }

  /** The settings that mask a field of the line, as {@code KEY=VALUE}; none when it stays. */
  public List<String> of(AccessLogLine line, Field field) {
    return masks.entrySet().stream()
        .filter(mask -> mask.getValue().changes(line, field))
        .map(Map.Entry::getKey)
        .toList();
  }
}
