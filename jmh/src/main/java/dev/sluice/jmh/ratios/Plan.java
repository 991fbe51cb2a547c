package dev.sluice.jmh.ratios;

import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.jmh.firehose.EventFile;
import dev.sluice.jmh.firehose.NodeBlueprint;
import dev.sluice.jmh.measure.JmhRun;
import dev.sluice.jmh.measure.Machine;
import dev.sluice.jmh.measure.Score;
import dev.sluice.jmh.measure.Scores;
import dev.sluice.jmh.measure.Subject;
import dev.sluice.jmh.measure.Timing;
import dev.sluice.jmh.results.Figures;
import dev.sluice.jmh.results.ResultFile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run measures.
 *
 * @param smoke only the benchmarks, each for a moment: no row is judged
 * @param results folder to write the result file to
 * @param note how the machine was
 */
public record Plan(
    int rounds, Timing timing, Extent extent, boolean smoke, Optional<Path> results, String note) {

  /** How much is measured. */
  public enum Extent {
    /** What the rows need. */
    ROWS,
    /** Every benchmark on every corpus. */
    ALL,
    /** What the rows of the Firehose function need. */
    FIREHOSE,
    /** The function behind a stream alone. */
    FUNCTIONS,
    /** The files function alone. */
    FILES,
    /** The consumer alone. */
    CONSUMER,
    /** What the pins of GOOD need. */
    PINS
  }

  /** Measures and prints; answers whether no row fails. */
  public boolean run(PrintStream out, PrintStream progress) {
    Machine machine = Machine.current();
    out.printf(
        "%s, %d cores, %s, JDK %s, %s, load %.1f%n",
        machine.cpu(),
        machine.cores(),
        machine.os(),
        machine.jdk(),
        String.join(" ", machine.flags()),
        machine.load());
    Scores scores = measure(progress);
    var figures = new Figures();
    List<Row> rows = smoke ? List.of() : rows(scores, figures, progress);
    rows.forEach(row -> out.println(row.text()));
    if (smoke && extent != Extent.FUNCTIONS && extent != Extent.CONSUMER) {
      progress.println("the files function");
      FilesRows.smoke();
    }
    if (smoke && extent != Extent.FUNCTIONS && extent != Extent.FILES) {
      progress.println("the consumer and its neighbour");
      ConsumerRows.smoke();
    }
    results.ifPresent(
        directory ->
            out.println(
                new ResultFile(machine, note, scores, rows, figures).writeTo(directory, suffix())));
    return rows.stream().noneMatch(row -> row.verdict() == Row.Verdict.FAIL);
  }

  /** Tells a part from the whole. */
  private String suffix() {
    return switch (extent) {
      case ROWS, ALL -> "";
      case FIREHOSE -> "-firehose";
      case FUNCTIONS -> "-functions";
      case FILES -> "-files";
      case CONSUMER -> "-consumer";
      case PINS -> "-pins";
    };
  }

  private Scores measure(PrintStream progress) {
    GeoDatabase.file();
    var scores = new Scores();
    for (int round = 1; round <= rounds; round++) {
      for (Subject subject : subjects()) {
        Score score = measure(subject);
        scores.add(subject, score);
        progress.printf(
            "round %d of %d: %-40s %,12.0f /s of CPU %,12.0f /s %,10.1f B%n",
            round,
            rounds,
            subject,
            score.perSecond(),
            score.perElapsedSecond(),
            score.allocatedBytes());
      }
    }
    return scores;
  }

  private Score measure(Subject subject) {
    return subject.implementation().equals(NodeBlueprint.LABEL)
        ? NodeBlueprint.measure(EventFile.of(Corpus.REAL, EventFile.LARGE_BYTES), timing)
        : JmhRun.of(subject, timing);
  }

  private List<Row> rows(Scores scores, Figures figures, PrintStream progress) {
    var rows = new ArrayList<Row>();
    if (extent == Extent.FUNCTIONS) {
      return List.of(FunctionRow.row(scores));
    }
    if (extent == Extent.PINS) {
      return Pin.rows(scores);
    }
    if (extent == Extent.FILES || extent == Extent.ALL) {
      progress.println("the files function");
      rows.addAll(FilesRows.measure(rounds));
    }
    if (extent == Extent.FILES) {
      return rows;
    }
    if (extent != Extent.FIREHOSE) {
      progress.println("the consumer and its neighbour");
      rows.addAll(ConsumerRows.measure(rounds, figures));
    }
    if (extent == Extent.CONSUMER) {
      return rows;
    }
    if (extent != Extent.FIREHOSE) {
      rows.addAll(LineRows.rows(scores));
      rows.addAll(Pin.rows(scores));
      progress.println("two threads and two processes");
      rows.add(ThreadRow.measure(rounds, timing));
      progress.println("./sluice enrich and GoAccess");
      rows.addAll(EnrichRows.measure(rounds));
      rows.add(FunctionRow.row(scores));
    }
    rows.addAll(FirehoseRows.rows(scores));
    progress.println("start-up");
    rows.addAll(StartUpRows.measure(rounds, figures));
    progress.println("memory and time of a function");
    rows.add(FirehoseRows.memory(figures));
    FirehoseRows.figures(figures);
    return rows;
  }

  /** Neighbours follow each other, so that both sides of a ratio see the same machine. */
  private Set<Subject> subjects() {
    var subjects = new LinkedHashSet<Subject>();
    if (extent == Extent.CONSUMER || extent == Extent.FILES) {
      return subjects;
    }
    if (extent == Extent.PINS) {
      return Pin.SUBJECTS;
    }
    if (extent != Extent.FIREHOSE) {
      FunctionRow.IMPLEMENTATIONS.forEach(name -> subjects.add(Subject.function(name)));
    }
    if (extent == Extent.FUNCTIONS) {
      return subjects;
    }
    FirehoseRows.IMPLEMENTATIONS.forEach(name -> subjects.add(Subject.firehose(name)));
    if (NodeBlueprint.isInstalled()) {
      subjects.add(Subject.firehose(NodeBlueprint.LABEL));
    }
    if (extent == Extent.FIREHOSE) {
      return subjects;
    }
    subjects.add(Subject.pipeline("zipf", "ours"));
    subjects.addAll(Pin.SUBJECTS);
    subjects.add(Subject.userAgent("browsers", "ours"));
    for (String corpus : List.of("real", "hostile")) {
      subjects.add(Subject.pipeline(corpus, "ours"));
      subjects.add(Subject.pipeline(corpus, "good"));
    }
    if (extent == Extent.ALL) {
      for (Corpus corpus : Corpus.values()) {
        for (String implementation : List.of("ours", "good", "naive")) {
          subjects.add(Subject.pipeline(corpus.label(), implementation));
        }
      }
      for (String parser :
          List.of("ours", "definition", "regex", "idiomatic", "httpdlog", "grok")) {
        subjects.add(Subject.parser(parser));
      }
      for (String implementation : List.of("ours", "uap")) {
        subjects.add(Subject.userAgent("bots", implementation));
      }
    }
    return subjects;
  }
}
