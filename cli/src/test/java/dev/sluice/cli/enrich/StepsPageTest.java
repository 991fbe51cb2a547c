package dev.sluice.cli.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.steps.StepSettings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/steps.md shows every step at work. */
class StepsPageTest {
  /** Values of the keys of steps that switch something of their own on. */
  private static final List<String> SWITCHES =
      List.of(
          "lines=health-checks",
          "lines=static-files",
          "static-files,debug",
          "path=",
          "status=",
          "method!=",
          "agent=",
          "host=",
          "sample=",
          "=drop ",
          "=keep ",
          "MASK=emails",
          "MASK=tokens",
          "MASK=cards",
          "ANONYMISATION=truncate",
          "ANONYMISATION=hmac",
          "SCHEMA_CHECK=reject",
          "SCHEMA_CHECK=warn",
          "OUTPUT_GROUPS=quality",
          "OUTPUT_FIELDS=",
          "OMIT_FIELDS=");

  @Test
  void everyStepHasACommand() throws IOException {
    String commands = String.join("\n", PageCommands.of("steps.md"));
    assertThat(commands).contains(SWITCHES);
    assertThat(StepSettings.keys().stream().map(SettingKey::name))
        .allSatisfy(key -> assertThat(commands).containsPattern("--set \"?" + key + '='));
  }
}
