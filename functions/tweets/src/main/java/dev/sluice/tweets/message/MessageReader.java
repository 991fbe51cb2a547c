package dev.sluice.tweets.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.tweets.message.StreamMessage.Control;
import dev.sluice.tweets.message.StreamMessage.Control.Kind;
import dev.sluice.tweets.message.StreamMessage.Delete;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Reads one message of a stream: a tweet of version 1.1 or 2, a delete, or what the stream says
 * about itself. Thread-safe.
 *
 * @see <a
 *     href="https://developer.x.com/en/docs/tweets/filter-realtime/guides/streaming-message-types">
 *     Streaming message types</a>
 */
public final class MessageReader {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** What a status of version 1.1 has and no other message. */
  private static final List<String> STATUS = List.of("id_str", "id", "full_text", "text");

  private static final List<Kind> NOTICES =
      List.of(
          Kind.LIMIT,
          Kind.SCRUB_GEO,
          Kind.STATUS_WITHHELD,
          Kind.USER_WITHHELD,
          Kind.DISCONNECT,
          Kind.WARNING);

  /** What begins a record of the KPL. */
  private static final byte[] KPL_MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};

  private MessageReader() {}

  /**
   * The message of a record.
   *
   * @param record UTF-8 JSON, or blank
   * @throws MalformedMessageException when it is no message, saying why
   */
  public static StreamMessage read(byte[] record) throws MalformedMessageException {
    if (isBlank(record)) {
      return new Control(Kind.KEEP_ALIVE);
    }
    JsonNode message = parse(record);
    if (!message.isObject()) {
      throw new MalformedMessageException(MalformedReason.NOT_AN_OBJECT, "no JSON object");
    }
    if (message.has("data")) {
      return readVersion2(message);
    }
    if (STATUS.stream().anyMatch(message::has)) {
      return V1Reader.read(message);
    }
    if (message.has("delete")) {
      return new Delete(JsonFields.id(message.path("delete").path("status"), "id_str", "id"));
    }
    for (Kind notice : NOTICES) {
      if (message.has(notice.name().toLowerCase(Locale.ROOT))) {
        return new Control(notice);
      }
    }
    if (message.path("errors").isArray()) { // version 2 ends a stream so
      return new Control(Kind.DISCONNECT);
    }
    throw unknown();
  }

  private static StreamMessage readVersion2(JsonNode message) throws MalformedMessageException {
    JsonNode data = message.get("data");
    if (!data.isObject()) {
      throw unknown();
    }
    if (!data.has("id")) { // of the compliance stream
      if (data.has("delete")) {
        return new Delete(JsonFields.id(data.path("delete").path("tweet"), "id"));
      }
      if (data.has("withheld")) {
        return new Control(Kind.STATUS_WITHHELD);
      }
    }
    return V2Reader.read(data, message.path("includes"));
  }

  private static MalformedMessageException unknown() {
    return new MalformedMessageException(
        MalformedReason.UNKNOWN_MESSAGE, "neither a tweet nor a message that is known");
  }

  private static boolean isBlank(byte[] record) {
    for (byte b : record) {
      if (b != ' ' && b != '\r' && b != '\n' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private static JsonNode parse(byte[] record) throws MalformedMessageException {
    try {
      return JSON.readTree(record);
    } catch (JsonProcessingException e) {
      if (startsWith(record, KPL_MAGIC)) {
        throw new MalformedMessageException(
            MalformedReason.KPL_AGGREGATE, "put together by the KPL");
      }
      throw new MalformedMessageException(MalformedReason.NOT_JSON, place(e));
    } catch (IOException e) { // Jackson's decoders of text say so
      throw new MalformedMessageException(MalformedReason.NOT_JSON, "no UTF-8");
    }
  }

  private static boolean startsWith(byte[] record, byte[] magic) {
    return record.length >= magic.length
        && Arrays.equals(record, 0, magic.length, magic, 0, magic.length);
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? "it cannot be read"
        : "at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }
}
