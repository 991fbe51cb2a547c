package dev.sluice.enricher;

/**
 * Why a line was rejected. The same words stand in dead letters, metrics and dashboards;
 * docs/format.md says which offset goes with each.
 */
public enum RejectReason {
  /** Nothing but blanks. */
  EMPTY_LINE,
  /** Longer than the limit in force. */
  LINE_TOO_LONG,
  /** The line ends before its fields do, between two fields or inside an unquoted one. */
  TRUNCATED,
  /** The remote host is empty, or neither an address nor a name. */
  BAD_HOST,
  /** The identity is empty or missing, or an address stands in its place. */
  BAD_IDENTITY,
  /** The timestamp stands where the user should. */
  BAD_USER,
  /** No timestamp in brackets, or one that names no moment. */
  BAD_TIMESTAMP,
  /** The request line has no opening quote, or text follows its closing quote. */
  BAD_REQUEST,
  /** The status is not three digits. */
  BAD_STATUS,
  /** The byte count is neither digits nor a dash. */
  BAD_BYTES,
  /** The referer has no opening quote, or text follows its closing quote. */
  BAD_REFERER,
  /** The user agent has no opening quote, or text follows where more fields must come. */
  BAD_USER_AGENT,
  /** The virtual host, or another field of a format string, is not what the format says. */
  BAD_FIELD,
  /** A quoted field is never closed; the offset is that of its opening quote. */
  UNTERMINATED_QUOTE,
  /** Text clings to the closing quote of the last field. */
  TRAILING_BYTES,
  /** A record of an earlier stage is not one JSON object, or has a key twice. */
  BAD_JSON,
  /** A key of a record of an earlier stage has a value that it cannot have. */
  BAD_VALUE,
  /** A record of an earlier stage says that it obeys another schema. */
  UNSUPPORTED_SCHEMA_VERSION,
  /** The output is not what its schema wants, and SCHEMA_CHECK says reject. */
  SCHEMA_VIOLATION
}
