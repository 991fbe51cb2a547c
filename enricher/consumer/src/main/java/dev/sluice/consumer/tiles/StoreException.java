package dev.sluice.consumer.tiles;

/** The object store refused a call, or kept failing until its attempts were used up. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
