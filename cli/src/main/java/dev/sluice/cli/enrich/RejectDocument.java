package dev.sluice.cli.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.RejectReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** A rejected line as one line of JSON: why, where, and the line itself. Not thread-safe. */
final class RejectDocument {

  private final JsonFactory json =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
  private final ByteArrayOutputStream document = new ByteArrayOutputStream();
  private final boolean namesFiles;
  private final int maxLineBytes;

  /**
   * @param namesFiles whether a document tells its file, because there are several
   * @param maxLineBytes how much is shown of a line that is too long
   */
  RejectDocument(boolean namesFiles, int maxLineBytes) {
    this.namesFiles = namesFiles;
    this.maxLineBytes = maxLineBytes;
  }

  /**
   * A rejected line.
   *
   * @param number of the line, counted from 1
   * @param buffer holds the line from {@code from} (in) to {@code to} (out), as far as it was kept
   * @param lineBytes true length of the line without its line end
   */
  record Reject(
      Outcome.Rejected outcome, long number, byte[] buffer, int from, int to, long lineBytes) {}

  /**
   * Appends {@code {reason, offset, line_number, line | line_base64}} and a line end; base64 where
   * the line is not UTF-8. Of a line that is too long there is {@code length} too, its bytes, and
   * only its start.
   */
  void append(Reject reject, InputFile input, OutputBuffer out) {
    document.reset();
    try (JsonGenerator object = json.createGenerator(document)) {
      write(reject, input, object);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // memory only
    }
    out.append(document.toByteArray());
    out.append((byte) '\n');
  }

  private void write(Reject reject, InputFile input, JsonGenerator object) throws IOException {
    RejectReason reason = reject.outcome().reason();
    object.writeStartObject();
    object.writeStringField("reason", reason.name());
    object.writeNumberField("offset", reject.outcome().offset());
    if (namesFiles) {
      object.writeStringField("file", input.name());
    }
    object.writeNumberField("line_number", reject.number());
    int to = reject.to();
    if (reason == RejectReason.LINE_TOO_LONG) {
      object.writeNumberField("length", reject.lineBytes());
      to = Math.min(to, reject.from() + maxLineBytes);
    }
    String text = utf8(reject.buffer(), reject.from(), to);
    if (text != null) {
      object.writeStringField("line", text);
    } else {
      object.writeFieldName("line_base64");
      object.writeBinary(reject.buffer(), reject.from(), to - reject.from());
    }
    object.writeEndObject();
  }

  private static String utf8(byte[] buffer, int from, int to) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, from, to - from)).toString();
    } catch (CharacterCodingException notUtf8) {
      return null;
    }
  }
}
