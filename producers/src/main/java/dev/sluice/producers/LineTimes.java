package dev.sluice.producers;

import java.util.OptionalLong;

/** Finds the moment that a line tells of. Asked by one thread, in the order of the lines. */
@FunctionalInterface
public interface LineTimes {
  /** Milliseconds since 1970 of the line in {@code [0, length)}; empty when it has none. */
  OptionalLong timeOf(byte[] line, int length);
}
