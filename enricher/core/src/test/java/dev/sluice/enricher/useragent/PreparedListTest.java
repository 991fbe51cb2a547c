package dev.sluice.enricher.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a start reads is what uap-java's own list makes. */
class PreparedListTest {

  @Test
  void readsBackWhatTheBuildHasWritten() throws IOException {
    String fresh = PreparedListWriter.write(PreparedListWriter.prepared());
    assertThat(PreparedListWriter.write(PreparedList.ofUapJava())).isEqualTo(fresh);
  }
}
