package dev.sluice.enricher;

import java.util.Locale;

/** What can be odd about a line that has its JSON nevertheless: docs/format.md, "Outcomes". */
public enum Warning {
  /** The request is not method, target and protocol as RFC 9112 wants them. */
  MALFORMED_REQUEST,
  /** More follows after the last field of the format. */
  EXTRA_FIELDS,
  /** Bytes of a written field belong to no valid UTF-8 sequence. */
  INVALID_UTF8,
  /** A trusted proxy named a client that is no address. */
  UNKNOWN_CLIENT,
  /** A database is broken at this address. */
  UNREADABLE_PLACE,
  /** The expressions failed on this user agent. */
  UNCLASSIFIED_USER_AGENT,
  /** The name of the host was asked for, and no name server answered in time. */
  REVERSE_DNS_UNAVAILABLE,
  /** Reference data was asked for, and the table did not answer in time. */
  REFERENCE_UNAVAILABLE,
  /** The host has more errors among its requests than its baseline explains: docs/steps.md. */
  ANOMALOUS_ERROR_RATE,
  /** The host sends more requests than its baseline explains: docs/steps.md. */
  ANOMALOUS_REQUEST_RATE,
  /** The output is not what its schema wants. */
  SCHEMA_VIOLATION;

  /** Whether it was our enrichment that failed, and not the line that is odd. */
  public boolean isEnrichmentError() {
    return switch (this) {
      case UNREADABLE_PLACE,
          UNCLASSIFIED_USER_AGENT,
          REVERSE_DNS_UNAVAILABLE,
          REFERENCE_UNAVAILABLE ->
          true;
      case MALFORMED_REQUEST,
          EXTRA_FIELDS,
          INVALID_UTF8,
          UNKNOWN_CLIENT,
          ANOMALOUS_ERROR_RATE,
          ANOMALOUS_REQUEST_RATE,
          SCHEMA_VIOLATION ->
          false;
    };
  }

  /** The name in the output, such as {@code malformed_request}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
