package dev.sluice.files.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.files.event.UploadEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys follow from an upload's identity, and nothing of its name leads elsewhere. */
class OutputKeysTest {
  private static UploadEvent upload(String key, String sequencer, int attempt) {
    return new UploadEvent(
        "ObjectCreated:Put", false, "in", key, 1, "etag", "", sequencer, Instant.EPOCH, attempt);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../x.log", "..", "a/..", "/etc/passwd", "a\\..\\b.log", "\0\n.log", "日本.log"})
  void nothingLeadsOut(String key) {
    OutputKeys keys = OutputKeys.of("files", upload(key, "0A", 1));
    assertThat(keys.enriched())
        .matches("files/enriched/[0-9a-f]{32}-[A-Za-z0-9._-]*\\.ndjson\\.gz")
        .doesNotContain("..");
    assertThat(keys.rejects()).startsWith("files/rejects/").doesNotContain("..");
    assertThat(keys.summary()).startsWith("files/summaries/").endsWith(".json");
  }

  @Test
  void theSameForEachAttemptAndForNoOtherUpload() {
    OutputKeys first = OutputKeys.of("files", upload("a.log", "0A", 1));
    assertThat(OutputKeys.of("files", upload("a.log", "0A", 2))).isEqualTo(first);
    assertThat(OutputKeys.of("files", upload("a.log", "0B", 1))).isNotEqualTo(first);
    assertThat(OutputKeys.of("files", upload("b.log", "0A", 1))).isNotEqualTo(first);
    String longest = OutputKeys.of("files", upload("x".repeat(1024), "0A", 1)).enriched();
    assertThat(longest).hasSizeLessThan(200);
  }
}
