package dev.sluice.local.proxy;

/** What may happen to a call on its way through a {@link FaultProxy}. */
public enum Fault {
  /** A new connection is reset before a byte went through. */
  REFUSE,
  /** Nothing comes back, for as long as the mix says; then the connection is reset. */
  HANG,
  /** The connection is reset, and the server never saw the call. */
  RESET,
  /** The server runs the call, and the connection is reset in place of its answer. */
  LOST_ANSWER,
  /** An error (5xx) is answered, and the server never saw the call. HTTP/1.1 only. */
  ERROR,
  /**
   * The call is answered as throttled, and the server never saw it: 400
   * ProvisionedThroughputExceededException in JSON, 503 SlowDown in XML. HTTP/1.1 only.
   */
  THROTTLE,
  /** The call reaches the server later. */
  LATENCY,
  /** About half of what the server sends first arrives, then the connection is reset. */
  PARTIAL
}
