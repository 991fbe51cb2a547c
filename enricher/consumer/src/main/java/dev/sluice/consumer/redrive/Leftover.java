package dev.sluice.consumer.redrive;

/** Why a dead letter is not put back. */
public enum Leftover {
  /** It was tried as often as is allowed. */
  TRIED_TOO_OFTEN,
  /** Its document says that it holds only the first bytes of a long line. */
  INCOMPLETE,
  /** No record of the stream takes it. */
  TOO_LARGE,
  /** It is no reject document. */
  UNREADABLE
}
