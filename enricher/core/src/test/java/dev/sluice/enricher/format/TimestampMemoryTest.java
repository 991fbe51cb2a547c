package dev.sluice.enricher.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the memory calls a timestamp is one, after any other timestamp. */
class TimestampMemoryTest {
  private static final long SEED = 20_251_128;
  private static final int TEXTS = 500_000;
  private static final String KNOWN = "[28/Feb/2024:10:15:30 +0000] \"";

  @Test
  void holdsOnlyWhatAFullLookAccepts() {
    var random = new Random(SEED);
    var memory = new TimestampMemory();
    int held = 0;
    for (int i = 0; i < TEXTS; i++) {
      var text = new StringBuilder(KNOWN);
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        int at = random.nextInt(2) == 0 ? 16 + random.nextInt(8) : random.nextInt(text.length());
        text.setCharAt(
            at, (char) (random.nextInt(4) == 0 ? random.nextInt(256) : '0' + random.nextInt(10)));
      }
      byte[] bytes = text.toString().getBytes(ISO_8859_1);
      int to = random.nextInt(8) == 0 ? random.nextInt(bytes.length) : bytes.length;
      boolean stands = TimestampWords.standAt(bytes, 0, to);
      boolean accepted = stands && ClfTimestamp.firstImpossible(bytes, 1) < 0;
      if (memory.holdsAt(bytes, 0, to)) {
        held++;
        assertThat(accepted).as("%s", text).isTrue();
      } else if (accepted) {
        memory.remember(bytes, 0);
        assertThat(memory.holdsAt(bytes, 0, to)).as("%s", text).isTrue();
      }
    }
    assertThat(held).isGreaterThan(1_000);
  }

  @Test
  void knowsNothingAtFirst() {
    var memory = new TimestampMemory();
    byte[] nothing = new byte[TimestampWords.LENGTH];
    assertThat(memory.holdsAt(nothing, 0, nothing.length)).isFalse();
    byte[] known = KNOWN.getBytes(ISO_8859_1);
    assertThat(memory.holdsAt(known, 0, known.length)).isFalse();
  }

  @Test
  void takesALeapSecondAndNoLaterOne() {
    var memory = new TimestampMemory();
    byte[] known = KNOWN.getBytes(ISO_8859_1);
    memory.remember(known, 0);
    for (String second : new String[] {"59", "60", "61", "69", "70"}) {
      byte[] text = KNOWN.replace(":30 ", ":" + second + " ").getBytes(ISO_8859_1);
      assertThat(memory.holdsAt(text, 0, text.length))
          .as(second)
          .isEqualTo(Integer.parseInt(second) <= 60);
    }
  }
}
