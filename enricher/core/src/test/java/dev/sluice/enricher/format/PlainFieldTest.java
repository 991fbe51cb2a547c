package dev.sluice.enricher.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.BuiltInFormat;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the scanner calls plain needs no escape, for any bytes. */
class PlainFieldTest {
  private static final long SEED = 20_251_126;
  private static final int LINES = 100_000;
  private static final Pattern PLAIN = Pattern.compile("[ -~&&[^\"\\\\]]*");

  @Test
  void aPlainFieldHoldsNothingButPrintableAscii() {
    var random = new Random(SEED);
    var log = new SyntheticAccessLog(SEED, AccessLogOptions.defaults().withOddShare(0.3));
    var parser = new ScannerParser(BuiltInFormat.AUTO);
    var line = new AccessLogLine();
    int plain = 0;
    for (int i = 0; i < LINES; i++) {
      byte[] text = log.nextLine();
      for (int changes = random.nextInt(3); changes > 0 && text.length > 0; changes--) {
        text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      }
      if (!parser.parse(text, 0, text.length, line)) {
        continue;
      }
      for (Field field : Field.values()) {
        if (line.isPlain(field)) {
          plain++;
          assertThat(line.text(field)).matches(PLAIN);
        }
      }
    }
    assertThat(plain).isGreaterThan(LINES);
  }

  @Test
  void aFieldThatIsPutElsewhereIsNotKnownToBePlain() {
    var line = new AccessLogLine();
    line.reset("abc\"".getBytes(StandardCharsets.US_ASCII));
    line.setPlain(Field.REFERER, 0, 3);
    assertThat(line.isPlain(Field.REFERER)).isTrue();
    assertThat(line.isPlain(Field.USER_AGENT)).isFalse();
    line.set(Field.REFERER, 0, 4);
    assertThat(line.isPlain(Field.REFERER)).isFalse();
    line.setPlain(Field.REFERER, 0, 3);
    line.reset(line.buffer());
    assertThat(line.isPlain(Field.REFERER)).isFalse();
  }
}
