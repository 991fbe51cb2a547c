package dev.sluice.consumer.tiles;

/** An object stands where only the consumer writes, and it is not one of the consumer's. */
public final class ForeignObjectException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ForeignObjectException(String key, String why) {
    super("object " + key + " is not a tile of this application: " + why);
  }
}
