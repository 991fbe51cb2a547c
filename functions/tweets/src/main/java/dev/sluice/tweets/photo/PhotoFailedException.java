package dev.sluice.tweets.photo;

/** A photo that could not be fetched. Says nothing of the URL, which a stranger has written. */
public final class PhotoFailedException extends Exception {
  private static final long serialVersionUID = 1;

  private final PhotoFailure failure;

  PhotoFailedException(PhotoFailure failure) {
    super(failure.name(), null, false, false);
    this.failure = failure;
  }

  public PhotoFailure failure() {
    return failure;
  }
}
