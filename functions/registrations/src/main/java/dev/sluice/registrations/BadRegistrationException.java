package dev.sluice.registrations;

/** A message that can never be registered as it is; says what is wrong without quoting it. */
final class BadRegistrationException extends Exception {
  private static final long serialVersionUID = 1;

  BadRegistrationException(String message) {
    super(message);
  }
}
