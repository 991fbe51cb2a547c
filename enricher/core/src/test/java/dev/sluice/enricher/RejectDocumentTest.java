package dev.sluice.enricher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RejectDocumentTest {
  private static final int MAX_LINE_BYTES = 16;

  private static JsonNode document(RejectReason reason, byte[] line, long lineBytes)
      throws IOException {
    var out = new OutputBuffer(16);
    byte[] buffer = ("before " + new String(line, ISO_8859_1) + " behind").getBytes(ISO_8859_1);
    RejectDocument.append(
        new Outcome.Rejected(reason, 3),
        7,
        buffer,
        7,
        7 + line.length,
        lineBytes,
        MAX_LINE_BYTES,
        out);
    return new ObjectMapper().readTree(out.array(), 0, out.length());
  }

  @Test
  void tellsWhyAndWhereAndTheLineItself() throws IOException {
    byte[] line = "caf\u00e9 \"\u0001\\".getBytes(UTF_8);
    JsonNode document = document(RejectReason.BAD_HOST, line, line.length);
    assertThat(document.fieldNames())
        .toIterable()
        .containsExactly("reason", "offset", "line_number", "line");
    assertThat(document.get("reason").asText()).isEqualTo("BAD_HOST");
    assertThat(document.get("offset").asInt()).isEqualTo(3);
    assertThat(document.get("line_number").asInt()).isEqualTo(7);
    assertThat(document.get("line").asText()).isEqualTo("caf\u00e9 \"\u0001\\");
  }

  @Test
  void givesBase64WhereTheLineIsNotUtf8() throws IOException {
    byte[] line = {'a', (byte) 0xFF, 0};
    JsonNode document = document(RejectReason.BAD_HOST, line, line.length);
    assertThat(document.has("line")).isFalse();
    assertThat(document.get("line_base64").binaryValue()).isEqualTo(line);
  }

  @Test
  void showsTheStartOfALineThatIsTooLongAndTellsItsLength() throws IOException {
    byte[] kept = "0123456789abcdefg".getBytes(UTF_8);
    JsonNode document = document(RejectReason.LINE_TOO_LONG, kept, 5_000_000_000L);
    assertThat(document.get("length").asLong()).isEqualTo(5_000_000_000L);
    assertThat(document.get("line").asText()).isEqualTo("0123456789abcdef");
  }
}
