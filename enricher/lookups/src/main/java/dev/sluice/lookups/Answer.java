package dev.sluice.lookups;

/**
 * What is known about one key.
 *
 * @param json what the lines get; no bytes unless {@link State#FOUND}
 */
record Answer(State state, byte[] json) {
  private static final byte[] NOTHING = {};

  /** There is nothing under the key, and that is no trouble. */
  static final Answer ABSENT = new Answer(State.ABSENT, NOTHING);

  /** The source could not say. */
  static final Answer FAILED = new Answer(State.FAILED, NOTHING);

  /** The source was not asked, because it has failed too often. */
  static final Answer NOT_ASKED = new Answer(State.NOT_ASKED, NOTHING);

  /** Nothing came before the deadline. */
  static final Answer LATE = new Answer(State.LATE, NOTHING);

  enum State {
    FOUND,
    ABSENT,
    FAILED,
    NOT_ASKED,
    LATE
  }

  static Answer found(byte[] json) {
    return new Answer(State.FOUND, json);
  }

  /** Whether nobody knows if there is anything under the key. */
  boolean isUnavailable() {
    return state != State.FOUND && state != State.ABSENT;
  }
}
