package dev.sluice.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.useragent.Classification;
import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.jmh.corpus.Lines;
import dev.sluice.jmh.parser.CombinedField;
import dev.sluice.jmh.parser.FieldParser;
import dev.sluice.jmh.parser.ParserKind;
import dev.sluice.jmh.pipeline.DeviceTable;
import dev.sluice.jmh.pipeline.Implementation;
import dev.sluice.jmh.pipeline.Pipeline;
import dev.sluice.jmh.useragent.AgentKind;
import dev.sluice.jmh.useragent.AgentTexts;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.LineKind;
import dev.sluice.samples.SyntheticAccessLog;
import dev.sluice.samples.SyntheticLine;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ua_parser.Client;

/** What is measured against each other does the same work: same lines in, same bytes out. */
class BenchmarkCorrectnessTest {
  /** NAIVE takes about a millisecond for a line. */
  private static final int LINES = 400;

  private static final int ODD_LINES = 400;

  /**
   * Lines that the neighbours do not read as docs/format.md says: their expressions know Combined
   * lines only (a Common line, a carriage return at the end) and the idiomatic one ends a quoted
   * field at its first quote; what they classify of a user agent is not cut.
   */
  private static final Set<LineKind> BEYOND_THE_NEIGHBOURS =
      EnumSet.of(
          LineKind.COMMON_LINE,
          LineKind.TRAILING_CR,
          LineKind.ESCAPED_QUOTE_IN_REQUEST,
          LineKind.ESCAPED_QUOTE_IN_REFERER,
          LineKind.ESCAPED_QUOTE_IN_AGENT,
          LineKind.LONG_AGENT);

  @ParameterizedTest
  @EnumSource(Corpus.class)
  void pipelinesGiveTheSameBytesForEveryCorpus(Corpus corpus) {
    Lines lines = corpus.lines();
    var inputs = new ArrayList<byte[]>();
    int step = lines.count() / LINES; // all over the corpus: its start is not its tail
    for (int i = 0; i < LINES; i++) {
      inputs.add(lines.line(i * step));
    }
    assertSameOutputs(inputs);
  }

  @Test
  void pipelinesGiveTheSameBytesForOddLinesThatTheNeighboursCanRead() {
    var log =
        new SyntheticAccessLog(7, AccessLogOptions.defaults().withBrokenShare(0).withOddShare(1));
    var inputs = new ArrayList<byte[]>();
    while (inputs.size() < ODD_LINES) {
      SyntheticLine line = log.next();
      if (!BEYOND_THE_NEIGHBOURS.contains(line.kind())) {
        inputs.add(line.bytes());
      }
    }
    assertSameOutputs(inputs);
  }

  private static void assertSameOutputs(List<byte[]> inputs) {
    List<String> ours = outputs(Implementation.OURS, inputs);
    assertThat(ours).allSatisfy(json -> assertThat(json).startsWith("{\"host\":\""));
    assertThat(outputs(Implementation.GOOD, inputs)).isEqualTo(ours);
    assertThat(outputs(Implementation.NAIVE, inputs)).isEqualTo(ours);
  }

  private static List<String> outputs(Implementation implementation, List<byte[]> inputs) {
    try (Pipeline pipeline = implementation.open(GeoDatabase.file())) {
      Pipeline.Worker worker = pipeline.newWorker();
      var out = new OutputBuffer();
      var outputs = new ArrayList<String>();
      for (byte[] line : inputs) {
        out.clear();
        assertThat(worker.enrich(line, 0, line.length, out))
            .as("%s enriches %s", implementation, new String(line))
            .isTrue();
        outputs.add(out.toString());
      }
      return outputs;
    }
  }

  @ParameterizedTest
  @EnumSource(ParserKind.class)
  void parsersFindTheSameFields(ParserKind kind) {
    Lines lines = Corpus.BROWSERS.lines();
    FieldParser ours = ParserKind.OURS.newParser();
    FieldParser parser = kind.newParser();
    for (int i = 0; i < LINES; i++) {
      int from = lines.from(i);
      int to = lines.to(i);
      assertThat(ours.parse(lines.bytes(), from, to)).isTrue();
      assertThat(parser.parse(lines.bytes(), from, to)).as("line %d is parsed", i).isTrue();
      for (CombinedField field : CombinedField.values()) {
        assertThat(parser.text(field)).as("%s of line %d", field, i).isEqualTo(ours.text(field));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Corpus.class,
      names = {"BROWSERS", "BOTS"})
  void userAgentClassifiersGiveTheSameAnswers(Corpus corpus) {
    var ours = AgentKind.OURS.open();
    var uap = AgentKind.UAP.open();
    for (String agent : AgentTexts.distinct(corpus.lines())) {
      var answer = (Classification) ours.apply(agent);
      var client = (Client) uap.apply(agent);
      assertThat(answer.os()).as("system of %s", agent).isEqualTo(client.os.family);
      assertThat(answer.browser()).as("browser of %s", agent).isEqualTo(client.userAgent.family);
      assertThat(answer.deviceType().label())
          .as("device of %s", agent)
          .isEqualTo(DeviceTable.typeOf(agent, client));
    }
  }
}
