package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The emulator carries a large load whole. How fast is printed, not asserted: see {@link
 * LoadMeasurement}.
 */
class LoadTest {
  @Test
  void loadsAndFansOutAHundredThousandRecords() throws Exception {
    for (int round = 0; round < Integer.getInteger("sluice.load.rounds", 1); round++) {
      LoadMeasurement.Result result = LoadMeasurement.run();
      System.out.println(result);
      assertThat(result.received()).isEqualTo(LoadMeasurement.RECORDS);
      assertThat(result.distinct()).isEqualTo(LoadMeasurement.RECORDS);
      assertThat(result.problems()).isEmpty();
    }
  }
}
