package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTableTest {
  @ParameterizedTest
  @ValueSource(ints = {24, 32, 38})
  void answersWithTheRecordThatWasPutLastOrWithNone(int bits) {
    var table = new PrefixTable(bits, 6);
    var random = new Random(5);
    Map<Long, Long> put = new HashMap<>();
    int known = 0;
    for (int i = 0; i < 20_000; i++) {
      long prefix = random.nextInt(100) * ((1L << bits) / 100);
      long record = table.find(prefix);
      if (record != PrefixTable.UNKNOWN) {
        known++;
        assertThat(put).containsEntry(prefix, record);
      } else {
        long next = 1 + (random.nextLong() & 0xFFFF_FFFEL);
        table.put(prefix, next);
        put.put(prefix, next);
        assertThat(table.find(prefix)).isEqualTo(next);
      }
    }
    assertThat(known).isBetween(2_000, 20_000);
  }

  @Test
  void knowsNothingAtFirst() {
    var table = new PrefixTable(24, 4);
    for (int prefix = 0; prefix < 1000; prefix++) {
      assertThat(table.find(prefix)).isEqualTo(PrefixTable.UNKNOWN);
    }
  }
}
