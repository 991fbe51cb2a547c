package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashSet;
import org.junit.jupiter.api.Test;

class EnricherKeysTest {

  @Test
  void namesExactlyTheKeysThatAreRead() {
    var asked = new LinkedHashSet<String>();
    EnricherSettings.from(
        new Settings(
            key -> {
              asked.add(key);
              return null;
            }));
    assertThat(EnricherSettings.keys())
        .extracting(SettingKey::name)
        .containsExactlyInAnyOrderElementsOf(asked);
  }

  @Test
  void writingEveryDefaultChangesNothing() {
    var defaults = new HashMap<String, String>();
    EnricherSettings.keys().forEach(key -> defaults.put(key.name(), key.defaultValue()));
    var settings = new Settings(defaults::get);
    assertThat(EnricherSettings.from(settings)).isEqualTo(EnricherSettings.defaults());
    settings.throwIfInvalid();
  }
}
