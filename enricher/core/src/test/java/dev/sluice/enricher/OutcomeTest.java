package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static Outcome.Rejected rejected(RejectReason reason) {
    return new Outcome.Rejected(reason, 3);
  }

  @Test
  void everyOutcomeHasItsCode() {
    assertThat(Outcome.ENRICHED.code()).isEqualTo(Outcome.Code.ENRICHED);
    assertThat(Outcome.ENRICHED_WITH_WARNINGS.code())
        .isEqualTo(Outcome.Code.ENRICHED_WITH_WARNINGS);
    assertThat(new Outcome.Dropped("health-checks").code()).isEqualTo(Outcome.Code.DROPPED);
    assertThat(rejected(RejectReason.BAD_STATUS).code()).isEqualTo(Outcome.Code.REJECTED);
  }

  @Test
  void refusesANegativeOffset() {
    assertThatThrownBy(() -> new Outcome.Rejected(RejectReason.TRUNCATED, -1))
        .hasMessage("offset is negative: -1");
  }

  @Test
  void countsBalance() {
    OutcomeCounts counts =
        new OutcomeCounts.Builder()
            .add(Outcome.ENRICHED)
            .add(Outcome.ENRICHED)
            .add(Outcome.ENRICHED_WITH_WARNINGS)
            .add(new Outcome.Dropped("rule"))
            .add(rejected(RejectReason.TRUNCATED))
            .add(rejected(RejectReason.TRUNCATED))
            .add(rejected(RejectReason.BAD_HOST))
            .build();
    assertThat(counts)
        .isEqualTo(
            new OutcomeCounts(
                2, 1, 1, Map.of(RejectReason.TRUNCATED, 2L, RejectReason.BAD_HOST, 1L)));
    assertThat(counts.in()).isEqualTo(7);
    assertThat(counts.rejected()).isEqualTo(3);
    assertThat(counts.rejected(RejectReason.TRUNCATED)).isEqualTo(2);
    assertThat(counts.rejected(RejectReason.BAD_BYTES)).isZero();
  }

  @Test
  void countsAdd() {
    var some = new OutcomeCounts(1, 2, 3, Map.of(RejectReason.BAD_HOST, 4L));
    var more =
        new OutcomeCounts(
            10, 20, 30, Map.of(RejectReason.BAD_HOST, 40L, RejectReason.TRUNCATED, 1L));
    assertThat(some.plus(more))
        .isEqualTo(
            new OutcomeCounts(
                11, 22, 33, Map.of(RejectReason.BAD_HOST, 44L, RejectReason.TRUNCATED, 1L)));
    assertThat(some.plus(OutcomeCounts.NONE)).isEqualTo(some);
  }

  @Test
  void countsCannotBeChangedFromOutside() {
    assertThatThrownBy(() -> OutcomeCounts.NONE.rejectedByReason().put(RejectReason.BAD_HOST, 1L))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
