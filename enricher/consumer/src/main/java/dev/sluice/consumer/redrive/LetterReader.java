package dev.sluice.consumer.redrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.function.Consumer;

/** Reads reject documents of the consumer and of the Firehose function, and judges them. */
final class LetterReader {
  private static final ObjectMapper JSON = new JsonMapper();

  private final RedriveOptions options;
  private final StreamTarget target;
  private final Consumer<Leftover> left;

  /**
   * @param left told of each letter that is not to be put back
   */
  LetterReader(RedriveOptions options, StreamTarget target, Consumer<Leftover> left) {
    this.options = options;
    this.target = target;
    this.left = left;
  }

  /** The letter, or null if it stays where it is. */
  DeadLetter read(byte[] document) {
    DeadLetter letter;
    boolean whole;
    try {
      JsonNode node = JSON.readTree(document);
      JsonNode raw = node == null ? null : node.get("raw");
      if (raw == null || !raw.isTextual()) {
        left.accept(Leftover.UNREADABLE);
        return null;
      }
      // Documents without an attempt are of the Firehose function, or older than the field.
      letter = new DeadLetter(raw.binaryValue(), Math.max(1, node.path("attempt").asInt(1)));
      whole = !node.has("length");
    } catch (IOException e) {
      left.accept(Leftover.UNREADABLE);
      return null;
    }
    if (!whole) {
      left.accept(Leftover.INCOMPLETE);
    } else if (letter.attempt() >= options.maxAttempts()) {
      left.accept(Leftover.TRIED_TOO_OFTEN);
    } else if (!target.takes(letter)) {
      left.accept(Leftover.TOO_LARGE);
    } else {
      return letter;
    }
    return null;
  }
}
