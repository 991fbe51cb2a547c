package dev.sluice.jmh;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.jmh.pipeline.Implementation;
import dev.sluice.jmh.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Enriches the lines of one file and says so: a process that {@link dev.sluice.jmh.measure.StartUp}
 * measures from its start. Arguments: implementation, database, file.
 */
public final class FirstBatch {
  private FirstBatch() {}

  public static void main(String[] args) throws IOException {
    byte[] lines = Files.readAllBytes(Path.of(args[2]));
    try (Pipeline pipeline = Implementation.named(args[0]).open(Path.of(args[1]))) {
      Pipeline.Worker worker = pipeline.newWorker();
      var out = new OutputBuffer(2 * lines.length);
      for (int from = 0, to; from < lines.length; from = to + 1) {
        to = from;
        while (lines[to] != '\n') {
          to++;
        }
        worker.enrich(lines, from, to, out);
        out.append((byte) '\n');
      }
      System.out.println("answered " + out.length());
    }
  }
}
