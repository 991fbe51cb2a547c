package dev.sluice.fanout;

import dev.sluice.enricher.Settings;
import java.util.HashMap;
import java.util.Map;

/** Lines and settings in few words. */
final class Lines {
  /** 2025-10-28T10:00:00Z: begins a minute and an hour. */
  static final long T0 = 1_761_645_600L;

  private Lines() {}

  static LineFacts line(long second, String host, int status) {
    return line(second, host, status, false);
  }

  static LineFacts line(long second, String host, int status, boolean anomalous) {
    return new LineFacts(T0 + second, status, anomalous, host, null, null, null);
  }

  static FanOutSettings settings(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    var settings = new Settings(values::get);
    FanOutSettings read = FanOutSettings.from(settings);
    settings.throwIfInvalid();
    return read;
  }
}
