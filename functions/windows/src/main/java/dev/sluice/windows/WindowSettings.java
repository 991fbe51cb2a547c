package dev.sluice.windows;

import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import dev.sluice.invocation.InvocationSettings;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the function needs to know, read once for each execution environment.
 *
 * @param resultTable where results are stored; hash key {@code Window}, range key {@code Part}
 * @param keyAttribute the part of an item's key that says which item it is
 * @param maxStateBytes a larger state is stored and begins anew
 * @param retentionDays results expire so many days after they were written; 0 keeps them
 * @param invocation what every function has
 */
public record WindowSettings(
    String resultTable,
    String keyAttribute,
    int maxStateBytes,
    int retentionDays,
    InvocationSettings invocation) {

  /** Lambda ends a window whose state is larger than 1 MB. */
  private static final int LARGEST_STATE_BYTES = 1_000_000;

  private static final int DEFAULT_STATE_BYTES = 750_000;
  private static final int SMALLEST_STATE_BYTES = 1_000;
  private static final int MAX_RETENTION_DAYS = 3_650;

  private static final List<SettingKey> KEYS =
      List.of(
          new SettingKey(
              "RESULT_TABLE", "", "table", "DynamoDB table for the results of windows. Required."),
          new SettingKey(
              "KEY_ATTRIBUTE",
              "Id",
              "name",
              "The key of the changed items that changes are counted by."),
          new SettingKey(
              "MAX_STATE_BYTES",
              "750000",
              "bytes",
              "A larger state is stored as a part of the result, and begins anew."),
          new SettingKey(
              "RESULT_RETENTION_DAYS",
              "0",
              "days",
              "Results carry ExpiresAt so many days on, for the table's TTL; 0, they stay."));

  /** The table of the function's keys. */
  public static List<SettingKey> keys() {
    return Stream.concat(KEYS.stream(), InvocationSettings.keys().stream()).toList();
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidSettingsException with all problems together
   */
  static WindowSettings from(Settings settings) {
    var read =
        new WindowSettings(
            settings.required("RESULT_TABLE"),
            settings.text("KEY_ATTRIBUTE", "Id"),
            settings.intBetween(
                "MAX_STATE_BYTES", DEFAULT_STATE_BYTES, SMALLEST_STATE_BYTES, LARGEST_STATE_BYTES),
            settings.intBetween("RESULT_RETENTION_DAYS", 0, 0, MAX_RETENTION_DAYS),
            InvocationSettings.from(settings));
    settings.throwIfInvalid();
    return read;
  }
}
