package dev.sluice.samples;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Renders times as {@code [28/Oct/2025:10:15:30 +0000]}, with English months whatever the machine's
 * language. The bytes of the last second of every offset are kept. Not thread-safe.
 */
final class ClfTimestamps {
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  /** Mostly UTC; Newfoundland and India have half hours. */
  private static final List<ZoneOffset> OFFSETS =
      List.of(
          ZoneOffset.UTC,
          ZoneOffset.ofHours(1),
          ZoneOffset.ofHours(-5),
          ZoneOffset.ofHoursMinutes(5, 30),
          ZoneOffset.ofHoursMinutes(-3, -30));

  private static final WeightedChoice SHARES = new WeightedChoice(96, 1, 1, 1, 1);

  private final long[] seconds = new long[OFFSETS.size()];
  private final byte[][] texts = new byte[OFFSETS.size()][];
  private final ByteBuilder builder = new ByteBuilder(32);

  /** The time in one of the offsets; the array is not to be changed. */
  byte[] render(long epochSecond, Dice dice) {
    int i = SHARES.draw(dice);
    if (texts[i] == null || seconds[i] != epochSecond) {
      seconds[i] = epochSecond;
      texts[i] = render(epochSecond, OFFSETS.get(i));
    }
    return texts[i];
  }

  private byte[] render(long epochSecond, ZoneOffset offset) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(epochSecond, 0, offset);
    builder.truncate(0);
    builder
        .put('[')
        .putDecimal(time.getDayOfMonth(), 2)
        .put('/')
        .put(MONTHS[time.getMonthValue() - 1]);
    builder.put('/').putDecimal(time.getYear(), 4).put(':').putDecimal(time.getHour(), 2);
    builder
        .put(':')
        .putDecimal(time.getMinute(), 2)
        .put(':')
        .putDecimal(time.getSecond(), 2)
        .put(' ');
    int minutes = Math.abs(offset.getTotalSeconds() / 60);
    builder
        .put(offset.getTotalSeconds() < 0 ? '-' : '+')
        .putDecimal(minutes / 60, 2)
        .putDecimal(minutes % 60, 2);
    return builder.put(']').toByteArray();
  }
}
