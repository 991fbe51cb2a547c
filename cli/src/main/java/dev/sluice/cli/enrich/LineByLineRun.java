package dev.sluice.cli.enrich;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.producers.LineReader;
import dev.sluice.producers.ReplayInput;
import java.io.IOException;
import java.util.List;

/**
 * One line after another, all in the calling thread: {@code --threads 1}, and the slow twin of
 * {@link ChunkedRun}.
 */
final class LineByLineRun implements EnrichRun {
  /** Output is handed on when there is as much of it. */
  private static final int OUTPUT_BYTES = 256 * 1024;

  private final LineOutcomes outcomes;
  private final int maxLineBytes;
  private final OutputBuffer json = new OutputBuffer(OUTPUT_BYTES);
  private final OutputBuffer rejects = new OutputBuffer();

  LineByLineRun(LineOutcomes outcomes, int maxLineBytes) {
    this.outcomes = outcomes;
    this.maxLineBytes = maxLineBytes;
  }

  @Override
  public void run(List<InputFile> inputs, Delivery delivery) {
    for (InputFile input : inputs) {
      long line = 0;
      try (ReplayInput opened = input.open()) {
        var reader = new LineReader(opened.content(), maxLineBytes);
        var target = new LineOutcomes.Target(json, rejects, delivery.counts());
        while (next(reader, input, delivery)) {
          enrich(input, reader, target);
          // whoever follows a growing log sees its lines
          if (isFull() || (input.isStandardInput() && !hasMoreAtHand(reader))) {
            deliver(delivery);
          }
          delivery.delivered(1);
          delivery.progress(opened.bytesRead(), opened.size());
        }
        line = reader.number();
      } catch (IOException e) {
        delivery.unreadable(input, line, e);
      }
    }
    deliver(delivery);
  }

  private static boolean next(LineReader reader, InputFile input, Delivery delivery) {
    try {
      return reader.next();
    } catch (IOException e) {
      delivery.unreadable(input, reader.number(), e);
      return false;
    }
  }

  private void enrich(InputFile input, LineReader reader, LineOutcomes.Target target) {
    int kept = (int) Math.min(reader.textLength(), maxLineBytes + 1L);
    outcomes.enrich(input, reader.number(), reader.bytes(), 0, kept, reader.textLength(), target);
  }

  private boolean isFull() {
    return json.length() >= OUTPUT_BYTES || rejects.length() >= OUTPUT_BYTES;
  }

  private static boolean hasMoreAtHand(LineReader reader) {
    try {
      return reader.hasMoreAtHand();
    } catch (IOException unknown) {
      return true; // the next read tells
    }
  }

  private void deliver(Delivery delivery) {
    delivery.json(json);
    json.clear();
    delivery.rejects(rejects);
    rejects.clear();
  }
}
