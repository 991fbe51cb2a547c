package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordLogTest {
  @Test
  void findsPositionsBeforeAndAfterTrimmingMuch() {
    var log = new RecordLog();
    for (int i = 1; i <= 5_000; i++) {
      log.add(new StoredRecord(i * 10L, "k", new byte[0]));
    }
    assertThat(log.get(log.firstAfter(0)).position()).isEqualTo(10);
    assertThat(log.get(log.firstAfter(10)).position()).isEqualTo(20);

    log.trimBefore(40_000);

    assertThat(log.end()).isLessThan(5_000); // the trimmed slots are gone
    assertThat(log.get(log.firstAfter(0)).position()).isEqualTo(40_000);
    assertThat(log.get(log.firstAfter(45_005)).position()).isEqualTo(45_010);
    assertThat(log.firstAfter(50_000)).isEqualTo(log.end());
  }
}
