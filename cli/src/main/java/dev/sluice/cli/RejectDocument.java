package dev.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.sluice.enricher.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** A rejected line as one line of JSON: why, where, and the line itself. */
final class RejectDocument {

  private final JsonFactory json =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  /**
   * A rejected line.
   *
   * @param lineNumber counted from 1
   * @param bytes holds the line from 0 to {@code length}
   */
  record Reject(Outcome.Rejected outcome, long lineNumber, byte[] bytes, int length) {}

  /**
   * Writes {@code {reason, offset, line_number, line | line_base64}} and a line end; base64 where
   * the line is not UTF-8.
   *
   * @param file name of the input, or null where there is only one
   */
  void write(Reject reject, String file, OutputStream out) throws IOException {
    try (JsonGenerator object = json.createGenerator(out)) {
      object.writeStartObject();
      object.writeStringField("reason", reject.outcome().reason().name());
      object.writeNumberField("offset", reject.outcome().offset());
      if (file != null) {
        object.writeStringField("file", file);
      }
      object.writeNumberField("line_number", reject.lineNumber());
      String text = utf8(reject);
      if (text != null) {
        object.writeStringField("line", text);
      } else {
        object.writeFieldName("line_base64");
        object.writeBinary(Arrays.copyOf(reject.bytes(), reject.length()));
      }
      object.writeEndObject();
    }
    out.write('\n');
  }

  private static String utf8(Reject reject) {
    try {
      return UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(reject.bytes(), 0, reject.length()))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      return null;
    }
  }
}
