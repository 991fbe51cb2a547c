package dev.sluice.lookups;

import dev.sluice.enricher.BuiltInFormat;
import dev.sluice.enricher.CustomFormat;
import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.LogFormat;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.HostAddress;
import dev.sluice.enricher.format.LogEscapes;
import dev.sluice.enricher.json.Utf8;
import dev.sluice.enricher.page.PageName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The part of a line that reference data is looked up by: {@code host}, without port and brackets;
 * {@code page}; or a field of the format, escapes of the log decoded.
 *
 * @param field empty for the page
 */
record KeyField(Optional<Field> field) {
  /**
   * Longest partition key of DynamoDB, in bytes of UTF-8.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">
   *     Constraints in DynamoDB</a>
   */
  static final int MAX_KEY_BYTES = 2048;

  private static final String HOST = "host";
  private static final String PAGE = "page";

  /** The field of that name. */
  static Optional<KeyField> of(String name) {
    if (name.equals(PAGE)) {
      return Optional.of(new KeyField(Optional.empty()));
    }
    for (Field field : Field.values()) {
      if (field != Field.EXTRA && label(field).equals(name)) {
        return Optional.of(new KeyField(Optional.of(field)));
      }
    }
    return Optional.empty();
  }

  /** All names. */
  static List<String> names() {
    return Stream.concat(
            Stream.of(HOST, "user", PAGE),
            Arrays.stream(Field.values())
                .filter(field -> field != Field.EXTRA && field != Field.USER)
                .filter(field -> field != Field.REMOTE_HOST)
                .map(KeyField::label))
        .toList();
  }

  private static String label(Field field) {
    return field == Field.REMOTE_HOST ? HOST : field.name().toLowerCase(Locale.ROOT);
  }

  /** Whether lines of the format can have it. */
  boolean isIn(LogFormat format) {
    if (field.isEmpty() || field.get() == Field.REQUEST_LINE) {
      return true; // made of several fields
    }
    if (format instanceof CustomFormat custom) {
      return custom.layout().fields().contains(field.get());
    }
    if (format instanceof BuiltInFormat builtIn) {
      // The longest of those that auto decides between.
      BuiltInFormat widest = builtIn == BuiltInFormat.AUTO ? BuiltInFormat.VHOST_COMBINED : builtIn;
      return widest.layout().fields().contains(field.get());
    }
    return true; // records of an earlier stage
  }

  boolean isHost() {
    return field.filter(Field.REMOTE_HOST::equals).isPresent();
  }

  /** Whether it can hold an address. */
  boolean mayBeAddress() {
    return isHost()
        || field.filter(Field.CLIENT_ADDRESS::equals).isPresent()
        || field.filter(Field.FORWARDED_FOR::equals).isPresent();
  }

  /**
   * The key of a line; null for a line without one, or with one that no table can hold.
   *
   * @param scratch used again for every line
   */
  String of(EnrichedLine line, OutputBuffer scratch) {
    scratch.clear();
    return field.isEmpty()
        ? page(line.webpage())
        : text(line.fields(), field.orElseThrow(), scratch);
  }

  private static String page(PageName page) {
    return page.isPresent() ? key(page.buffer(), page.from(), page.to()) : null;
  }

  private static String text(AccessLogLine fields, Field field, OutputBuffer scratch) {
    if (fields.isMissing(field)) {
      return null;
    }
    byte[] buffer = fields.buffer();
    int from = fields.from(field);
    int to = fields.to(field);
    if (field == Field.REMOTE_HOST) {
      return key(buffer, HostAddress.from(buffer, from, to), HostAddress.to(buffer, from, to));
    }
    boolean decoded = LogEscapes.decode(buffer, from, to, scratch);
    return decoded ? key(scratch.array(), 0, scratch.length()) : null;
  }

  private static String key(byte[] text, int from, int to) {
    boolean fits = to > from && to - from <= MAX_KEY_BYTES && Utf8.isValid(text, from, to);
    return fits ? new String(text, from, to - from, StandardCharsets.UTF_8) : null;
  }
}
