package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrefixTableTest {
  @Test
  void answersWithTheRecordThatWasPutLastOrWithNone() {
    var table = new PrefixTable(6);
    var random = new Random(5);
    Map<Integer, Long> put = new HashMap<>();
    int known = 0;
    for (int i = 0; i < 20_000; i++) {
      int prefix = random.nextInt(100) - 50; // prefixes of IPv6 have all 32 bits
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
    var table = new PrefixTable(4);
    for (int prefix = -100; prefix < 100; prefix++) {
      assertThat(table.find(prefix)).isEqualTo(PrefixTable.UNKNOWN);
    }
  }
}
