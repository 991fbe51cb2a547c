package dev.sluice.system.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.lambda.LocalLambda;
import dev.sluice.samples.SyntheticAccessLog;
import dev.sluice.samples.WriteSamples;
import dev.sluice.system.ChildProcess;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The function needs no more than 512 MB, with a City database of full size mapped. */
class MemoryTest {

  private static final Path FOLDER = Path.of("target", "system-tests", "packaged");
  private static final String HEAP = "-Xmx256m";
  private static final long RESIDENT_BYTES_MAX = 512L << 20;
  private static final int EVENTS = 5;

  @Test
  void eventsAsLargeAsLambdaTakesFitInto512MbWithADatabaseOfFullSize() {
    Path database = FOLDER.resolve("geo-full.mmdb").toAbsolutePath();
    try (ChildProcess writer =
        ChildProcess.start(
            FOLDER,
            "geo-full",
            Map.of(),
            WriteSamples.class.getName(),
            "--full-size",
            database.toString())) {
      assertThat(writer.exitCode()).as(writer.printed()).isZero();
    }
    try (var function =
        PackagedFunction.start(
            Map.of("GEOIP_CITY_DATABASE", database.toString(), "REINGEST", "off"), HEAP)) {
      var log = new SyntheticAccessLog(256);
      for (int i = 0; i < EVENTS; i++) {
        TestAnswers answers = function.answer(largest(log));
        assertThat(answers.results()).contains(TestAnswers.OK, TestAnswers.FAILED);
        assertThat(located(answers)).isGreaterThan(answers.count(TestAnswers.OK) / 2);
      }
      assertThat(function.lambda().counts()).isEqualTo(new LocalLambda.Counts(EVENTS, 0, 0, 1));
      long resident = function.lambda().report().orElseThrow().maxResidentBytes().orElseThrow();
      System.out.printf("most memory with a database of full size: %,d MiB%n", resident >> 20);
      assertThat(resident).isLessThan(RESIDENT_BYTES_MAX);
    }
  }

  private static long located(TestAnswers answers) {
    return IntStream.range(0, answers.records().size())
        .filter(i -> answers.result(i).equals(TestAnswers.OK))
        .filter(i -> answers.text(i).contains("\"location\":"))
        .count();
  }

  private static TestEvent largest(SyntheticAccessLog log) {
    var event = TestEvent.fromStream();
    int bytes = 0;
    for (byte[] line = log.nextLine(); ; line = log.nextLine()) {
      int record = TestEvent.fromStream().add(line).json().length;
      bytes += record;
      if (bytes >= LocalLambda.REQUEST_BYTES_LIMIT) {
        return event;
      }
      event.add(line);
    }
  }
}
