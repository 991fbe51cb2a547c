package dev.sluice.tweets.photo;

/** Why there is no photo. */
public enum PhotoFailure {
  /** Not https, not of an allowed host, another port, or no URL at all. */
  REFUSED_URL(false),
  /** The host has an address that is not of the public Internet. */
  REFUSED_ADDRESS(false),
  UNKNOWN_HOST(true),
  CANNOT_CONNECT(true),
  /** The server cannot show that it is the host of the URL. */
  REFUSED_CERTIFICATE(false),
  /** The answer is no HTTP, or its length is not told. */
  BAD_ANSWER(false),
  /** A status of 400 or above, but those of the next one. */
  NOT_FOUND(false),
  /** 5xx, or the wish to be asked later. */
  SERVER_ERROR(true),
  TOO_MANY_REDIRECTS(false),
  TOO_LARGE(false),
  /** No image, one of a type that is not taken, or bytes that look like no such image. */
  WRONG_TYPE(false),
  /** The connection ended before the photo did. */
  CUT_OFF(true),
  TIMED_OUT(false);

  private final boolean passing;

  PhotoFailure(boolean passing) {
    this.passing = passing;
  }

  /** Whether another attempt may end better. */
  boolean isPassing() {
    return passing;
  }
}
