package dev.sluice.lookups;

import dev.sluice.enricher.SettingKey;
import java.util.List;

/** The table of the keys of the look-ups; a test holds it equal to what is read. */
final class LookupKeys {
  static final List<SettingKey> ALL =
      List.of(
          new SettingKey(
              "REVERSE_DNS",
              "false",
              "true, false",
              "Asks the DNS for the names of clients' addresses: docs/lookups.md."),
          new SettingKey(
              "REVERSE_DNS_SERVER",
              "",
              "host or host:port",
              "Name server; those of the system when not set."),
          new SettingKey(
              "REVERSE_DNS_SPECIAL_ADDRESSES",
              "false",
              "true, false",
              "Asks for private and other special addresses too."),
          new SettingKey(
              "REVERSE_DNS_IN_FLIGHT", "32", "queries", "Most queries at a time, up to 256."),
          new SettingKey(
              "REVERSE_DNS_CACHE_ENTRIES", "100000", "addresses", "Addresses that are remembered."),
          new SettingKey("REVERSE_DNS_TTL", "1h", "duration", "How long a name is remembered."),
          new SettingKey(
              "REVERSE_DNS_ABSENT_TTL",
              "10m",
              "duration",
              "How long it is remembered that an address has no name."),
          new SettingKey(
              "REFERENCE_TABLE",
              "",
              "name or ARN",
              "DynamoDB table with reference data; none, no reference data: docs/lookups.md."),
          new SettingKey(
              "REFERENCE_KEY",
              "",
              "attribute",
              "Partition key of the table, a string; required by REFERENCE_TABLE."),
          new SettingKey(
              "REFERENCE_FIELD",
              "host",
              "host, user, page, ...",
              "What of a line is the key: docs/lookups.md."),
          new SettingKey(
              "REFERENCE_ATTRIBUTES",
              "",
              "attributes",
              "What is taken of an item, parted by commas, up to 20; required by REFERENCE_TABLE."),
          new SettingKey(
              "REFERENCE_CACHE_ENTRIES", "20000", "keys", "Keys whose items are remembered."),
          new SettingKey("REFERENCE_TTL", "5m", "duration", "How long an item is remembered."),
          new SettingKey(
              "REFERENCE_ABSENT_TTL",
              "1m",
              "duration",
              "How long it is remembered that there is no item."),
          new SettingKey(
              "LOOKUP_DEADLINE",
              "1s",
              "duration",
              "Longest wait of a batch of lines for all of its look-ups, from 10ms to 10s."),
          new SettingKey(
              "LOOKUP_BREAKER_FAILURES",
              "10",
              "failures",
              "Failures in a row after which a source is not asked any more."),
          new SettingKey(
              "LOOKUP_BREAKER_PAUSE",
              "30s",
              "duration",
              "Time after which such a source is tried again."));

  private LookupKeys() {}
}
