package dev.sluice.consumer.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayoutFileTest {
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2026-02-01T00:00:00Z");

  private final MemoryStore store = new MemoryStore(new ArrayList<>());

  private static Layout layout(InitialPosition initial) {
    return new Layout("enriched", ZoneOffset.UTC, initial);
  }

  @Test
  void firstStartWritesTheLayoutAndLaterOnesAgree() {
    Layout wanted = layout(InitialPosition.trimHorizon());
    assertThat(LayoutFile.agree(store, "app", wanted)).isEqualTo(wanted);
    assertThat(store.objects).containsOnlyKeys("_sluice/app/_layout.json");
    assertThat(LayoutFile.agree(store, "app", wanted)).isEqualTo(wanted);
  }

  @Test
  void utcHasOneName() {
    LayoutFile.agree(store, "app", layout(InitialPosition.trimHorizon()));
    LayoutFile.agree(
        store, "app", new Layout("enriched", ZoneId.of("UTC"), InitialPosition.trimHorizon()));
    assertThat(store.objects).hasSize(1);
  }

  @Test
  void latestStaysTheMomentOfTheFirstStart() {
    LayoutFile.agree(store, "app", layout(InitialPosition.latestAsOf(FIRST)));
    assertThat(LayoutFile.agree(store, "app", layout(InitialPosition.latestAsOf(LATER))))
        .isEqualTo(layout(InitialPosition.latestAsOf(FIRST)));
  }

  @Test
  void namesEveryItemThatDiffers() {
    LayoutFile.agree(store, "app", layout(InitialPosition.trimHorizon()));
    var other =
        new Layout("elsewhere", ZoneId.of("Europe/Paris"), InitialPosition.latestAsOf(FIRST));
    assertThatThrownBy(() -> LayoutFile.agree(store, "app", other))
        .isInstanceOf(DifferentLayoutException.class)
        .hasMessageContaining("_sluice/app/_layout.json")
        .hasMessageContaining("prefix is \"enriched\" there and \"elsewhere\" here")
        .hasMessageContaining("zone is \"Z\" there and \"Europe/Paris\" here")
        .hasMessageContaining("initial position is TRIM_HORIZON there and LATEST here");
  }

  @Test
  void anotherTimestampIsAnotherLayout() {
    LayoutFile.agree(store, "app", layout(InitialPosition.atTimestamp(FIRST)));
    assertThatThrownBy(
            () -> LayoutFile.agree(store, "app", layout(InitialPosition.atTimestamp(LATER))))
        .hasMessageContaining("initial timestamp");
  }

  @Test
  void refusesAFileThatIsNoLayout() {
    store.objects.put(
        "_sluice/app/_layout.json",
        new MemoryStore.Stored("{".getBytes(StandardCharsets.UTF_8), Map.of()));
    assertThatThrownBy(() -> LayoutFile.agree(store, "app", layout(InitialPosition.trimHorizon())))
        .isInstanceOf(ForeignObjectException.class);
  }

  @Test
  void fingerprintChangesWithWhatMovesKeysAndWithNothingElse() {
    String fingerprint = layout(InitialPosition.trimHorizon()).fingerprint();
    assertThat(layout(InitialPosition.latestAsOf(FIRST)).fingerprint()).isEqualTo(fingerprint);
    assertThat(new Layout("e", ZoneOffset.UTC, InitialPosition.trimHorizon()).fingerprint())
        .isNotEqualTo(fingerprint);
    assertThat(
            new Layout("enriched", ZoneId.of("Asia/Tokyo"), InitialPosition.trimHorizon())
                .fingerprint())
        .isNotEqualTo(fingerprint);
  }
}
