package dev.sluice.tweets.message;

/** A record that can never be stored as it is; says what is wrong without quoting it. */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1;

  private final MalformedReason reason;

  public MalformedMessageException(MalformedReason reason, String message) {
    super(message, null, false, false); // data, and no error of ours: no stack trace
    this.reason = reason;
  }

  public MalformedReason reason() {
    return reason;
  }
}
