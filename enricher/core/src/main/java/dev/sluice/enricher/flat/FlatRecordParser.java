package dev.sluice.enricher.flat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sluice.enricher.Outcome.Rejected;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.RejectReason;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Diagnosis;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.FieldChecks;
import dev.sluice.enricher.format.LineParser;
import dev.sluice.enricher.json.Utf8;
import dev.sluice.enricher.profile.FlatKey;
import dev.sluice.enricher.profile.KeptKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Reads {@code flat} JSON of an earlier stage as if it were a line of a log: what was logged
 * becomes fields again, and what the earlier stage has made becomes {@link KeptKeys}. Remembers why
 * it refused a record, so it is its own diagnosis. Not thread-safe.
 */
public final class FlatRecordParser implements LineParser, Diagnosis {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Names are the sender's: they are neither interned nor a reason to throw.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private static final int MAX_BYTES_DIGITS = 18;

  private final FlatRecord record = new FlatRecord();
  private final KeptKeys kept = new KeptKeys();
  private final KeptKeysReader keptKeys = new KeptKeysReader();
  private final OutputBuffer text = new OutputBuffer();
  private final int[] bounds = new int[2 * Field.values().length];
  private final AccessLogLine probe = new AccessLogLine();
  private RejectReason reason;
  private int offset;

  /** What the last record brought that are no fields. */
  public KeptKeys kept() {
    return kept;
  }

  @Override
  public boolean parse(byte[] buffer, int from, int to, AccessLogLine into) {
    try {
      requireUtf8(buffer, from, to);
      read(buffer, from, to);
      keptKeys.read(record, kept);
      findFields(into);
      requireFields(into);
      return true;
    } catch (RefusedException e) {
      return refuse(e.reason(), e.offset());
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
      return refuse(RejectReason.BAD_JSON, (int) Math.max(0, Math.min(at, to - from)));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
  }

  private void read(byte[] buffer, int from, int to) throws IOException, RefusedException {
    try (JsonParser json = JSON.createParser(buffer, from, to - from)) {
      record.read(json);
    }
  }

  private boolean refuse(RejectReason newReason, int newOffset) {
    reason = newReason;
    offset = newOffset;
    return false;
  }

  @Override
  public Rejected explain(byte[] line, int start, int from, int to) {
    return new Rejected(reason, from - start + offset);
  }

  /** Neither other encodings, which the JSON parser would recognise, nor broken text. */
  private static void requireUtf8(byte[] buffer, int from, int to) throws RefusedException {
    int i = from;
    while (i < to) {
      int length = buffer[i] == 0 ? 0 : Utf8.sequenceLength(buffer, i, to);
      if (length == 0) {
        throw new RefusedException(RejectReason.BAD_JSON, i - from);
      }
      i += length;
    }
  }

  private void findFields(AccessLogLine into) {
    text.clear();
    Arrays.fill(bounds, -1);
    add(Field.REMOTE_HOST, record.text(FlatKey.HOST));
    add(Field.TIMESTAMP, record.text(FlatKey.DATETIME));
    add(Field.REQUEST_LINE, record.text(FlatKey.REQUEST));
    add(Field.STATUS, record.text(FlatKey.RESPONSE));
    add(Field.BYTES, record.text(FlatKey.BYTES));
    add(Field.REFERER, record.text(FlatKey.REFERER));
    add(Field.USER_AGENT, record.text(FlatKey.AGENT));
    addDecoded(Field.IDENTITY, FlatKey.IDENTITY, "");
    addDecoded(Field.USER, FlatKey.USER, "");
    if (!record.has(FlatKey.REQUEST)) {
      add(Field.METHOD, record.text(FlatKey.METHOD));
      addDecoded(Field.URL_PATH, FlatKey.PATH, "");
      addDecoded(Field.QUERY, FlatKey.QUERY, "?");
      add(Field.PROTOCOL, record.text(FlatKey.PROTOCOL));
    }
    into.reset(text.array());
    for (Field field : Field.values()) {
      if (bounds[2 * field.ordinal()] >= 0) {
        into.set(field, bounds[2 * field.ordinal()], bounds[2 * field.ordinal() + 1]);
      }
    }
  }

  private void add(Field field, byte[] value) {
    if (value != null) {
      bounds[2 * field.ordinal()] = text.length();
      text.append(value);
      bounds[2 * field.ordinal() + 1] = text.length();
    }
  }

  /** As it was logged, so that whoever decodes it gets the value of the record. */
  private void addDecoded(Field field, FlatKey key, String before) {
    byte[] value = record.text(key);
    if (value != null) {
      boolean asLogged = record.names(FlatKey.UNDECODED).contains(key.label());
      add(field, LoggedText.of(before, value, asLogged));
    }
  }

  private void requireFields(AccessLogLine fields) throws RefusedException {
    requireDigits(FlatKey.RESPONSE, 3, 3);
    requireDigits(FlatKey.BYTES, 1, MAX_BYTES_DIGITS);
    if (fields.has(Field.TIMESTAMP)) {
      probe.reset(fields.buffer());
      probe.set(Field.TIMESTAMP, fields.from(Field.TIMESTAMP), fields.to(Field.TIMESTAMP));
      require(FieldChecks.allHold(probe), FlatKey.DATETIME);
    }
  }

  private void requireDigits(FlatKey key, int min, int max) throws RefusedException {
    byte[] value = record.text(key);
    boolean digits = value == null || (value.length >= min && value.length <= max);
    for (int i = 0; digits && value != null && i < value.length; i++) {
      digits = value[i] >= '0' && value[i] <= '9';
    }
    require(digits, key);
  }

  private void require(boolean holds, FlatKey key) throws RefusedException {
    if (!holds) {
      throw new RefusedException(RejectReason.BAD_VALUE, record.offset(key));
    }
  }
}
