package dev.sluice.jmh.corpus;

import java.io.ByteArrayOutputStream;
import java.util.stream.IntStream;

/** Collects lines. */
final class LinesBuilder {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
  private final IntStream.Builder ends = IntStream.builder();

  void add(byte[] line) {
    bytes.writeBytes(line);
    ends.add(bytes.size());
  }

  Lines build() {
    return new Lines(bytes.toByteArray(), ends.build().toArray(), null);
  }

  /** Lines made by {@link UniqueStamp#template}, each already stamped once. */
  Lines buildUnique() {
    var lines = new Lines(bytes.toByteArray(), ends.build().toArray(), new UniqueStamp());
    for (int i = 0; i < lines.count(); i++) {
      lines.renew(i);
    }
    return lines;
  }
}
