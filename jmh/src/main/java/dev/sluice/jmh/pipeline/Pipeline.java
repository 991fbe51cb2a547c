package dev.sluice.jmh.pipeline;

import dev.sluice.enricher.OutputBuffer;

/** A line in, the {@code flat} JSON of docs/format.md out: what all threads share. Thread-safe. */
public interface Pipeline extends AutoCloseable {

  /** The part for one thread. */
  interface Worker {
    /**
     * Appends the JSON of the line, without line end.
     *
     * @param from first byte of the line
     * @param to one after its last byte, line end excluded
     * @return false, and nothing is appended, when the line is no Combined one
     */
    boolean enrich(byte[] buffer, int from, int to, OutputBuffer out);
  }

  Worker newWorker();

  @Override
  void close();
}
