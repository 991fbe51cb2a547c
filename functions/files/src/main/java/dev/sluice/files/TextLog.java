package dev.sluice.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.files.event.UploadEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Writes the beginning of a text file as one line of the function's log. Whatever the file holds,
 * the line is one line of JSON in ASCII: nothing in it reaches a terminal or another reader raw.
 */
final class TextLog {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int LAST_PLAIN_CHARACTER = '~';

  private final Consumer<String> lines;
  private final InstantSource clock;

  TextLog(Consumer<String> lines, InstantSource clock) {
    this.lines = lines;
    this.clock = clock;
  }

  /**
   * Writes a line.
   *
   * @param start of the content, as much as is to be logged
   */
  void write(UploadEvent upload, String requestId, byte[] start) {
    boolean truncated = start.length < upload.bytes();
    var line = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(line)) {
      out.setHighestNonEscapedChar(LAST_PLAIN_CHARACTER);
      out.writeStartObject();
      out.writeStringField("timestamp", clock.instant().toString());
      out.writeStringField("level", "INFO");
      out.writeStringField("request_id", requestId);
      out.writeStringField("message", "text file");
      out.writeStringField("bucket", upload.bucket());
      out.writeStringField("file", upload.key());
      out.writeNumberField("bytes", upload.bytes());
      out.writeBooleanField("truncated", truncated);
      out.writeStringField("text", text(start, truncated));
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
    lines.accept(line.toString());
  }

  /** What is not UTF-8 becomes U+FFFD; a character that the bound cuts is left out. */
  private static String text(byte[] start, boolean truncated) {
    var text = CharBuffer.allocate(start.length);
    UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE)
        .decode(ByteBuffer.wrap(start), text, !truncated);
    return text.flip().toString();
  }
}
