package dev.sluice.enricher.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.BuiltInFormat;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The short way of usual lines against the way of all lines, its slow twin. */
class UsualLineTest {
  private static final long SEED = 20_261_122;
  private static final int LINES = 60_000;

  private final TimestampMemory memory = new TimestampMemory();
  private final UsualLine usual = new UsualLine(memory, KnownUserAgents.NONE);
  private final ScannerParser scanner = new ScannerParser(BuiltInFormat.AUTO);
  private final AccessLogLine quick = new AccessLogLine();
  private final AccessLogLine slow = new AccessLogLine();

  @Test
  void takesALineOnlyAsTheLongWayDoes() {
    var random = new Random(SEED);
    var log = new SyntheticAccessLog(SEED, AccessLogOptions.defaults().withOddShare(0.1));
    int taken = 0;
    int changedAndTaken = 0;
    for (int i = 0; i < LINES; i++) {
      byte[] line = log.nextLine();
      remember(line);
      int changes = random.nextInt(3);
      for (int change = 0; change < changes && line.length > 0; change++) {
        line[random.nextInt(line.length)] =
            (byte)
                (random.nextBoolean()
                    ? " \"-[]0\\\n".charAt(random.nextInt(8))
                    : random.nextInt(256));
      }
      byte[] text = around(line, random.nextInt(20));
      if (isTakenAlike(text, 3, 3 + line.length)) {
        taken++;
        changedAndTaken += changes > 0 ? 1 : 0;
      }
    }
    assertThat(taken).isBetween(LINES / 3, LINES - LINES / 10);
    assertThat(changedAndTaken).isGreaterThan(LINES / 20);
  }

  @Test
  void leavesEveryUnusualLineToTheLongWay() {
    String line =
        "203.0.113.7 - - [12/Mar/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 12 \"-\" \"curl/8.5.0\"";
    remember(bytes(line));
    assertThat(take(line)).isTrue();
    for (String other :
        List.of(
            line.replace("- -", "- me"),
            line.replace("- -", "me -"),
            line.replace("[12", "[13"),
            line.replace(":00:00 ", ":60:00 "),
            line.replace("+0000", "+0100"),
            line.replace("GET", "G\\x22T"),
            line.replace("GET", "GÉT"),
            line.replace("200", "20"),
            line.replace("200", "2x0"),
            line.replace(" 12 ", "  "),
            line.replace(" 12 ", " - - "),
            line.replace(" 12 ", " 123456789 "),
            line.replace(" 12 ", " 12"),
            line.replace("\"-\"", "\"\\\"\""),
            line.replace("curl", "c\\\\rl"),
            line + " ",
            line + " 7",
            line.substring(0, line.length() - 1),
            line.substring(0, line.indexOf(" \"curl")),
            line.substring(0, line.indexOf(" \"-\"")))) {
      assertThat(take(other)).as(other).isFalse();
    }
    assertThat(take(line.replace(" 12 ", " - "))).isTrue();
    assertThat(take(line.replace(" 12 ", " 12345678 "))).isTrue();
    assertThat(take(line.replace("10:00:00", "10:59:60"))).isTrue(); // a leap second
  }

  /** What the line before it was: an hour that the memory holds. */
  private void remember(byte[] line) {
    if (scanner.parseAny(line, 0, line.length, slow) && slow.has(Field.TIMESTAMP)) {
      int timestamp = slow.from(Field.TIMESTAMP);
      if (ClfTimestamp.firstImpossible(line, timestamp) < 0) {
        memory.remember(line, timestamp - 1);
      }
    }
  }

  private boolean take(String line) {
    byte[] text = around(bytes(line), 9);
    return isTakenAlike(text, 3, 3 + bytes(line).length);
  }

  private boolean isTakenAlike(byte[] text, int from, int to) {
    if (!usual.parse(text, from, to, quick)) {
      return false;
    }
    String line = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    assertThat(scanner.parseAny(text, from, to, slow)).as(line).isTrue();
    assertThat(differentField()).as(line).isNull();
    assertThat(quick.knownUserAgent()).isEqualTo(slow.knownUserAgent());
    assertThat(quick.timestampHolds()).as(line).isEqualTo(slow.timestampHolds());
    assertThat(FieldChecks.allHold(quick)).as(line).isEqualTo(FieldChecks.allHold(slow));
    return true;
  }

  /** A field that both do not know alike, or null. */
  private Field differentField() {
    for (Field field : Field.values()) {
      if (quick.from(field) != slow.from(field)
          || quick.to(field) != slow.to(field)
          || quick.isPlain(field) != slow.isPlain(field)) {
        return field;
      }
    }
    return null;
  }

  /** The line behind three bytes, with some more behind it. */
  private static byte[] around(byte[] line, int behind) {
    byte[] around = new byte[3 + line.length + behind];
    Arrays.fill(around, (byte) '"');
    System.arraycopy(line, 0, around, 3, line.length);
    return around;
  }

  private static byte[] bytes(String line) {
    return line.getBytes(StandardCharsets.ISO_8859_1);
  }
}
