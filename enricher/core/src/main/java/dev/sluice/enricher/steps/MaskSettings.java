package dev.sluice.enricher.steps;

import java.util.List;
import java.util.Set;

/**
 * What is masked in text.
 *
 * @param queryParameters names of parameters whose values are masked
 */
public record MaskSettings(Set<MaskedKind> kinds, List<String> queryParameters) {
  /** Names of parameters. */
  public static final int MAX_QUERY_PARAMETERS = 100;

  public MaskSettings {
    kinds = Set.copyOf(kinds);
    queryParameters = List.copyOf(queryParameters);
  }

  boolean isOff() {
    return kinds.isEmpty() && queryParameters.isEmpty();
  }
}
