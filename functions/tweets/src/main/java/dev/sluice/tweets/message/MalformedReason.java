package dev.sluice.tweets.message;

/** Why a record is no message that can be stored or counted. */
public enum MalformedReason {
  /** The event holds no Base64 in its place. */
  NO_DATA,
  /** Records that the KPL has put together, which an event source mapping does not take apart. */
  KPL_AGGREGATE,
  NOT_JSON,
  NOT_AN_OBJECT,
  /** An object, and neither a tweet nor a message that Twitter describes. */
  UNKNOWN_MESSAGE,
  /** No id, or one that is no decimal number of up to 20 digits. */
  BAD_ID,
  /** No text, one that is no text, or one with half of a surrogate pair. */
  BAD_TEXT,
  TEXT_TOO_LONG
}
