package dev.sluice.enricher.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.enricher.BuiltInFormat;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The scanner allocates nothing once it is warm. */
class ScannerAllocationTest {
  private static final int LINES = 2_000;

  /** Rounds until the JIT compiler must have been there; one is enough as a rule. */
  private static final int MAX_ROUNDS = 1_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void allocatesNothingForAnyLine() {
    var log =
        new SyntheticAccessLog(
            3, AccessLogOptions.defaults().withOddShare(0.3).withBrokenShare(0.1));
    List<byte[]> lines = Stream.generate(log::nextLine).limit(LINES).toList();
    var parser = new ScannerParser(BuiltInFormat.COMBINED);
    var line = new AccessLogLine();
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < MAX_ROUNDS && allocated > 0; round++) {
      allocated = allocatedBy(parser, lines, line);
    }
    assertThat(allocated).isZero();
  }

  private long allocatedBy(LineParser parser, List<byte[]> lines, AccessLogLine line) {
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < lines.size(); i++) {
      byte[] bytes = lines.get(i);
      parser.parse(bytes, 0, bytes.length, line);
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
