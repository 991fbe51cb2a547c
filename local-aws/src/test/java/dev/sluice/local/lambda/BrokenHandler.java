package dev.sluice.local.lambda;

import java.io.InputStream;
import java.io.OutputStream;

/** A function whose start fails. */
public final class BrokenHandler {

  public BrokenHandler() {
    throw new IllegalStateException("STREAM_NAME is not set");
  }

  public void handleRequest(InputStream event, OutputStream response) {
    throw new AssertionError("never constructed");
  }
}
