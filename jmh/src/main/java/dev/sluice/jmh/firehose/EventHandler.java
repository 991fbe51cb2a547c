package dev.sluice.jmh.firehose;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A Firehose transformation: the JSON of an event in, the JSON of its response out, each record
 * with its id, {@code Ok} and its enriched line, ended by a line feed. Not thread-safe.
 */
public interface EventHandler extends AutoCloseable {

  void handle(InputStream event, OutputStream response) throws IOException;

  @Override
  void close();
}
