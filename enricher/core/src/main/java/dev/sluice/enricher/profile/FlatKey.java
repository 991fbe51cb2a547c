package dev.sluice.enricher.profile;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Every key that {@code flat} can have, in the order of the output. Names and types are a contract:
 * docs/schema/flat.json and docs/glue-flat.sql follow from this table, and tests hold them to it.
 */
public enum FlatKey {
  HOST(JsonType.TEXT, null, "Client address or name, as logged."),
  DATETIME(JsonType.TEXT, null, "Time of the request, as logged."),
  REQUEST(JsonType.TEXT, null, "First line of the request, as logged."),
  RESPONSE(JsonType.TEXT, null, "Status, three digits."),
  BYTES(JsonType.TEXT, null, "Bytes of the response."),
  REFERER(JsonType.TEXT, null, "Referer, as logged."),
  AGENT(JsonType.TEXT, null, "User agent, as logged."),
  CITY(JsonType.TEXT, null, "English name of the client's city."),
  COUNTRY(JsonType.TEXT, null, "English name of the client's country."),
  LOCATION(JsonType.LOCATION, null, "Degrees north and east."),
  ASN(JsonType.TEXT, null, "Number of the client's autonomous system."),
  AS_ORGANIZATION(JsonType.TEXT, null, "Who runs that system."),
  OS(JsonType.TEXT, null, "ua-parser's family of the operating system."),
  BROWSER(JsonType.TEXT, null, "ua-parser's family of the user agent."),
  DEVICE_TYPE(JsonType.TEXT, null, "One of bot, tv, console, tablet, mobile, desktop, other."),
  WEBPAGE(JsonType.TEXT, null, "Last path segment of the target, without extension."),
  REFERING_PAGE(JsonType.TEXT, null, "Last path segment of the referer, without extension."),
  HOST_NAME(JsonType.TEXT, null, "Name that the DNS has for the client's address."),
  REFERENCE(JsonType.VALUE_BY_NAME, null, "What the reference table says: texts, numbers, flags."),
  TIMESTAMP(JsonType.TEXT, OutputGroup.DERIVED, "ISO 8601, with the offset that was logged."),
  EPOCH_MILLIS(
      JsonType.WHOLE_NUMBER, OutputGroup.DERIVED, "Milliseconds since 1970-01-01T00:00:00Z."),
  METHOD(JsonType.TEXT, OutputGroup.DERIVED, "Method of the request."),
  PATH(JsonType.TEXT, OutputGroup.DERIVED, "Path of the target, escapes of the log decoded."),
  QUERY(JsonType.TEXT, OutputGroup.DERIVED, "Query of the target without its question mark."),
  PROTOCOL(JsonType.TEXT, OutputGroup.DERIVED, "Protocol of the request, such as HTTP/1.1."),
  STATUS_CLASS(JsonType.TEXT, OutputGroup.DERIVED, "Such as 2xx."),
  IS_BOT(JsonType.FLAG, OutputGroup.DERIVED, "Whether the user agent is a robot's."),
  IDENTITY(JsonType.TEXT, OutputGroup.DERIVED, "Remote logname, escapes of the log decoded."),
  USER(JsonType.TEXT, OutputGroup.DERIVED, "Authenticated user, escapes of the log decoded."),
  UNDECODED(
      JsonType.TEXTS,
      OutputGroup.DERIVED,
      "Keys of this group whose bytes were no UTF-8: their values are as logged."),
  QUALITY(JsonType.TEXT, OutputGroup.QUALITY, "ok or warning."),
  WARNINGS(JsonType.TEXTS, OutputGroup.QUALITY, "What is odd about the line."),
  ENRICHMENT_ERRORS(
      JsonType.TEXTS, OutputGroup.QUALITY, "Those of the warnings that are failures of ours."),
  EVENT_ID(JsonType.TEXT, OutputGroup.EVENT_ID, "Source and number of the line."),
  TAGS(JsonType.TEXT_BY_NAME, OutputGroup.TAGS, "What the settings say about all lines."),
  SCHEMA_VERSION(JsonType.WHOLE_NUMBER, OutputGroup.SCHEMA_VERSION, "Version of this schema.");

  private final String label = name().toLowerCase(Locale.ROOT);
  private final byte[] member = (",\"" + label + "\":").getBytes(StandardCharsets.US_ASCII);
  private final JsonType type;
  private final OutputGroup group;
  private final String meaning;

  FlatKey(JsonType type, OutputGroup group, String meaning) {
    this.type = type;
    this.group = group;
    this.meaning = meaning;
  }

  /** The key as it is written. */
  public String label() {
    return label;
  }

  public JsonType type() {
    return type;
  }

  /** The group without which no line has the key; empty for the keys of the contract. */
  public Optional<OutputGroup> group() {
    return Optional.ofNullable(group);
  }

  /** One sentence. */
  public String meaning() {
    return meaning;
  }

  /** The key as one appends it to an object, after a comma and with its colon. */
  byte[] member() {
    return member;
  }

  /** The key of that label. */
  public static Optional<FlatKey> of(String label) {
    for (FlatKey key : values()) {
      if (key.label.equals(label)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }
}
