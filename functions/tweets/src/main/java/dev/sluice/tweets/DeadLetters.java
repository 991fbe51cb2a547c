package dev.sluice.tweets;

import dev.sluice.tweets.message.MalformedReason;

/** Takes records that are no message. */
interface DeadLetters {

  /**
   * Keeps a record.
   *
   * @throws RuntimeException when it may not be kept: the record has to come again
   */
  void send(KinesisRecord record, MalformedReason reason, String detail);

  /** Keeps nothing: records are counted where they are read. */
  static DeadLetters none() {
    return (record, reason, detail) -> {};
  }
}
