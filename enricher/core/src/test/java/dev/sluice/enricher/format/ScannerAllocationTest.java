package dev.sluice.enricher.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.AllocationProbe;
import dev.sluice.enricher.BuiltInFormat;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The scanner allocates nothing once it is warm. */
class ScannerAllocationTest {
  private static final int LINES = 2_000;

  @Test
  void allocatesNothingForAnyLine() {
    var log =
        new SyntheticAccessLog(
            3, AccessLogOptions.defaults().withOddShare(0.3).withBrokenShare(0.1));
    List<byte[]> lines = Stream.generate(log::nextLine).limit(LINES).toList();
    var parser = new ScannerParser(BuiltInFormat.COMBINED);
    var line = new AccessLogLine();
    assertThat(AllocationProbe.bytesOnceWarm(() -> parseAll(parser, lines, line))).isZero();
  }

  private static void parseAll(LineParser parser, List<byte[]> lines, AccessLogLine line) {
    for (int i = 0; i < lines.size(); i++) {
      byte[] bytes = lines.get(i);
      parser.parse(bytes, 0, bytes.length, line);
    }
  }
}
