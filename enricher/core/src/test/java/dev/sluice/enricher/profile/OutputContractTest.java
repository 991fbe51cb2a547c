package dev.sluice.enricher.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.Settings;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The short answer to "is this the contract?" is the one of the record's own comparison. */
class OutputContractTest {

  @Test
  void theContractIsTheDefault() {
    OutputSettings read = OutputSettings.from(new Settings(key -> null));
    assertThat(read.isContract()).isTrue();
    assertThat(read).isEqualTo(OutputSettings.CONTRACT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "OUTPUT_GROUPS; derived",
        "OUTPUT_GROUPS; quality,schema_version",
        "OUTPUT_FIELDS; host,page",
        "OMIT_FIELDS; host",
        "TAGS; team=web"
      })
  void whatIsSetIsNotTheContract(String key, String value) {
    OutputSettings read = OutputSettings.from(new Settings(Map.of(key, value)::get));
    assertThat(read.isContract()).isEqualTo(read.equals(OutputSettings.CONTRACT)).isFalse();
  }

  @Test
  void eachPartCounts() {
    Set<FlatKey> all = EnumSet.allOf(FlatKey.class);
    for (OutputSettings settings :
        Set.of(
            OutputSettings.CONTRACT.withEventId(),
            new OutputSettings(Set.of(), all, true, Map.of()),
            new OutputSettings(Set.of(), all, false, Map.of()),
            new OutputSettings(Set.of(), all, true, Map.of("team", "web")),
            new OutputSettings(Set.of(OutputGroup.DERIVED), all, true, Map.of()),
            new OutputSettings(Set.of(), EnumSet.of(FlatKey.EVENT_ID), true, Map.of()))) {
      assertThat(settings.isContract()).isEqualTo(settings.equals(OutputSettings.CONTRACT));
    }
  }
}
