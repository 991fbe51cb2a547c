package dev.sluice.enricher.steps;

import dev.sluice.enricher.SettingKey;
import java.util.List;

/** The table of the keys of the steps; a test holds it equal to what is read. */
final class StepKeys {
  static final List<SettingKey> ALL =
      List.of(
          new SettingKey(
              "FILTER_RULES",
              "",
              "rules, parted by semicolons",
              "Which lines are dropped or kept: docs/steps.md."),
          new SettingKey(
              "SAMPLE",
              "100%",
              "percent",
              "Share of the lines that is kept after the rules, always the same lines."),
          new SettingKey(
              "MASK",
              "",
              "emails, tokens, cards",
              "What is masked wherever it stands in text, parted by commas: docs/steps.md."),
          new SettingKey(
              "MASK_QUERY_PARAMETERS",
              "",
              "names",
              "Parameters whose values are masked, parted by commas."),
          new SettingKey(
              "ANONYMISATION",
              "off",
              "off, truncate, hmac",
              "What is written instead of addresses, after they have been located: docs/steps.md."),
          new SettingKey(
              "ANONYMISATION_IPV4_BITS", "24", "bits", "Kept of IPv4 addresses by truncate."),
          new SettingKey(
              "ANONYMISATION_IPV6_BITS", "48", "bits", "Kept of IPv6 addresses by truncate."),
          new SettingKey(
              "ANONYMISATION_KEY",
              "",
              "32 bytes or more",
              "Secret key of hmac; never printed or logged."),
          new SettingKey(
              "ANONYMISATION_WITHOUT_GEO",
              "false",
              "true, false",
              "Lets addresses be anonymised although no database locates them first."),
          new SettingKey(
              "SCHEMA_CHECK",
              "off",
              "off, warn, reject",
              "What becomes of a line whose output breaks its schema."),
          new SettingKey("SCHEMA_FILE", "", "file", "JSON Schema instead of that of the profile."),
          new SettingKey(
              "ANOMALY_FLAGS",
              "false",
              "true, false",
              "Warns of hosts whose requests or errors are out of the ordinary: docs/steps.md."),
          new SettingKey(
              "ANOMALY_WINDOW", "1m", "duration", "Event time in which requests are counted."),
          new SettingKey(
              "ANOMALY_BASELINE_WINDOWS",
              "30",
              "windows",
              "Age at which a past window weighs half in the baseline."),
          new SettingKey(
              "ANOMALY_DEVIATIONS",
              "4",
              "standard deviations",
              "Distance from the baseline from which a line is flagged."),
          new SettingKey(
              "ANOMALY_MIN_REQUESTS",
              "20",
              "requests",
              "Requests of a host in a window below which nothing is flagged."),
          new SettingKey("ANOMALY_HOSTS", "10000", "hosts", "Hosts whose past is remembered."));

  private StepKeys() {}
}
