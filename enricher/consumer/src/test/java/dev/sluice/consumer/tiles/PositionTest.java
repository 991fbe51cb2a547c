package dev.sluice.consumer.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
  @Test
  void comparesLikeTheNumbersThatItWrites() {
    var random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      Position a = random(random);
      Position b = random(random);
      int expected =
          new BigInteger(a.sequenceNumber()).compareTo(new BigInteger(b.sequenceNumber()));
      if (expected == 0) {
        expected = Long.compare(a.subSequenceNumber(), b.subSequenceNumber());
      }
      assertThat(Integer.signum(a.compareTo(b))).isEqualTo(expected);
    }
  }

  private static Position random(Random random) {
    return new Position(
        new BigInteger(1 + random.nextInt(186), random).toString(), random.nextInt(3));
  }

  @Test
  void comesBackFromItsText() {
    var position = new Position("49590338271490256608559692538361571095921575989136588898", 17);
    assertThat(ContinuesFrom.parse(position.text())).isEqualTo(position);
    for (StartWord word : StartWord.values()) {
      assertThat(ContinuesFrom.parse(word.text())).isEqualTo(word);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "1.", ".1", "1.-1", "01.0", "1.01", "1.0.0", "x.0", "LATEST", "1.9e3"})
  void refusesWhatIsNoPosition(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ContinuesFrom.parse(text));
  }
}
