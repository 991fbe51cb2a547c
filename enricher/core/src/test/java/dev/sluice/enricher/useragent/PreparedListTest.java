package dev.sluice.enricher.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a start reads is what uap-java's own list makes. */
class PreparedListTest {

  @Test
  void readsBackWhatTheBuildHasWritten() throws IOException {
    String fresh = PreparedListWriter.write(PreparedListWriter.prepared());
    assertThat(PreparedListWriter.write(PreparedList.ofUapJava())).isEqualTo(fresh);
  }

  @Test
  void findsEachExpressionAndEachLiteralByTheTablesOfTheBuild() {
    PreparedList whole = PreparedList.ofUapJava();
    PreparedFiles parts = PreparedFiles.ofUapJava();
    String[] exactly = whole.literals().exactly();
    assertThat(parts.texts().count()).isEqualTo(exactly.length);
    for (int i = 0; i < exactly.length; i++) {
      assertThat(parts.texts().exactly(i)).isEqualTo(exactly[i]);
      assertThat(parts.texts().exactly(i)).isEqualTo(exactly[i]); // as it was read before
    }
    assertThat(PreparedListWriter.write(new PreparedList(whole.literals(), parts.expressions())))
        .isEqualTo(PreparedListWriter.write(whole));
  }

  @Test
  void readsBackTheTablesThatTheBuildHasWritten() throws IOException {
    PreparedList whole = PreparedList.ofUapJava();
    assertThat(written(PreparedFiles.ofUapJava().tables()))
        .isEqualTo(written(SearchTables.of(whole)));
    byte[] list = PreparedListWriter.write(whole).getBytes(StandardCharsets.UTF_8);
    assertThat(PreparedFiles.tables(list)).isEqualTo(PreparedFiles.resource(PreparedFiles.TABLES));
  }

  private static byte[] written(SearchTables tables) throws IOException {
    var bytes = new ByteArrayOutputStream();
    tables.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
