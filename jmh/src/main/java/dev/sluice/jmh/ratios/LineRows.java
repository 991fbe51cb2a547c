package dev.sluice.jmh.ratios;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.jmh.corpus.Lines;
import dev.sluice.jmh.measure.Score;
import dev.sluice.jmh.measure.Scores;
import dev.sluice.jmh.measure.Subject;
import dev.sluice.jmh.pipeline.Implementation;
import dev.sluice.jmh.pipeline.Pipeline;
import java.util.List;

/** Lines a second against GOOD, bytes allocated a line, and the answers on hostile lines. */
final class LineRows {
  private static final double STEADY_TIMES_GOOD = 10;
  private static final double HOSTILE_TIMES_GOOD = 60;
  private static final double ZIPF_BYTES = 2;

  /** What the harness itself allocates, spread over the lines, is far below. */
  private static final double NO_BYTES = 0.5;

  private static final int COMPARED_LINES = 1_000;

  private LineRows() {}

  static List<Row> rows(Scores scores) {
    return List.of(
        timesGood("zipf", STEADY_TIMES_GOOD, scores),
        timesGood("real", STEADY_TIMES_GOOD, scores),
        timesGood("hostile", HOSTILE_TIMES_GOOD, scores),
        allocated("zipf", ZIPF_BYTES, scores),
        allocated("real", NO_BYTES, scores),
        userAgents(scores),
        differences());
  }

  private static Row timesGood(String corpus, double bound, Scores scores) {
    return Row.of(
        corpus + ": lines/s, OURS / GOOD",
        scores.ratio(Subject.pipeline(corpus, "ours"), Subject.pipeline(corpus, "good")),
        Bound.atLeast(bound),
        "");
  }

  private static Row allocated(String corpus, double bound, Scores scores) {
    return Row.of(
        corpus + ": bytes allocated a line after warm-up, OURS",
        scores.median(Subject.pipeline(corpus, "ours"), Score::allocatedBytes),
        Bound.atMost(bound),
        "");
  }

  private static Row userAgents(Scores scores) {
    return Row.of(
        "user agents/s without a cache, OURS / uap-java",
        scores.ratio(Subject.userAgent("browsers", "ours"), Subject.userAgent("browsers", "uap")),
        Bound.NONE,
        "its bound is the one of hostile");
  }

  /** Lines of hostile on which we answer anything else than uap-java and GeoIP2 do. */
  private static Row differences() {
    Lines lines = Corpus.HOSTILE.lines();
    var ours = new OutputBuffer();
    var theirs = new OutputBuffer();
    int different = 0;
    try (Pipeline our = Implementation.OURS.open(GeoDatabase.file());
        Pipeline their = Implementation.NAIVE.open(GeoDatabase.file())) {
      Pipeline.Worker ourWorker = our.newWorker();
      Pipeline.Worker theirWorker = their.newWorker();
      for (int i = 0; i < COMPARED_LINES; i++) {
        ours.clear();
        theirs.clear();
        ourWorker.enrich(lines.bytes(), lines.from(i), lines.to(i), ours);
        theirWorker.enrich(lines.bytes(), lines.from(i), lines.to(i), theirs);
        if (!ours.toString().equals(theirs.toString())) {
          different++;
        }
      }
    }
    return Row.of(
        "hostile: lines that differ from uap-java and GeoIP2, of " + COMPARED_LINES,
        different,
        Bound.atMost(0),
        "");
  }
}
