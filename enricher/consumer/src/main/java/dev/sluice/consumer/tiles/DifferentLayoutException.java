package dev.sluice.consumer.tiles;

import java.util.List;

/** The application writes with another layout already; the message names each item that differs. */
public final class DifferentLayoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DifferentLayoutException(String key, List<String> differences) {
    super(
        "layout differs from "
            + key
            + ": "
            + String.join("; ", differences)
            + ". A layout is fixed for an application name: use another APPLICATION_NAME");
  }
}
