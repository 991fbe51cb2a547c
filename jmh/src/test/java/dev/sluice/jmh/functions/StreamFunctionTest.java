package dev.sluice.jmh.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.jmh.corpus.Lines;
import dev.sluice.jmh.pipeline.Implementation;
import dev.sluice.jmh.pipeline.Pipeline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is measured writes what it should: GOOD's lines, or the lines as they came. */
class StreamFunctionTest {
  /** Of Lambda, for a request. */
  private static final int MAX_BYTES = 6 * 1024 * 1024;

  private static Lines lines;

  @BeforeAll
  static void open() {
    lines = Corpus.REAL.lines();
  }

  @Test
  void enrichesAsGoodDoesAndGivesEachLineAnId() throws IOException {
    List<String> written = written(FunctionKind.ENRICH);
    assertThat(written).allMatch(line -> line.contains(",\"event_id\":\"logs:shardId-"));
    assertThat(written.stream().map(line -> line.replaceFirst(",\"event_id\":\"[^\"]*\"", "")))
        .isEqualTo(goodLines());
  }

  @Test
  void passesLinesOnWhereEnrichmentIsOff() throws IOException {
    var expected = new ArrayList<String>();
    for (int record = 0; record < StreamEvents.RECORDS; record++) {
      expected.add(new String(lines.line(record % lines.count()), StandardCharsets.ISO_8859_1));
    }
    assertThat(written(FunctionKind.OFF)).isEqualTo(expected);
  }

  private static List<String> written(FunctionKind kind) throws IOException {
    List<byte[]> events = StreamEvents.of(lines);
    assertThat(events).allMatch(event -> event.length < MAX_BYTES);
    var written = new ArrayList<String>();
    var charset = kind == FunctionKind.OFF ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    try (var function = new StreamFunction(kind, GeoDatabase.file())) {
      function.answer(events);
      for (byte[] object : function.answer(events)) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(object))) {
          written.addAll(List.of(new String(in.readAllBytes(), charset).split("\n")));
        }
      }
    }
    return written;
  }

  private static List<String> goodLines() {
    try (Pipeline good = Implementation.GOOD.open(GeoDatabase.file())) {
      Pipeline.Worker worker = good.newWorker();
      var out = new OutputBuffer();
      var expected = new ArrayList<String>();
      for (int record = 0; record < StreamEvents.RECORDS; record++) {
        int line = record % lines.count();
        out.clear();
        assertThat(worker.enrich(lines.bytes(), lines.from(line), lines.to(line), out)).isTrue();
        expected.add(out.toString());
      }
      return expected;
    }
  }
}
