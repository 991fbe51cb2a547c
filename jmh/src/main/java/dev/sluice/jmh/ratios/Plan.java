package dev.sluice.jmh.ratios;

import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.jmh.measure.JmhRun;
import dev.sluice.jmh.measure.Machine;
import dev.sluice.jmh.measure.Scores;
import dev.sluice.jmh.measure.Subject;
import dev.sluice.jmh.measure.Timing;
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
 * @param all every benchmark on every corpus, not only what a row needs
 * @param smoke only the benchmarks, each for a moment: no row is judged
 * @param results folder to write the result file to
 * @param note how the machine was
 */
public record Plan(
    int rounds, Timing timing, boolean all, boolean smoke, Optional<Path> results, String note) {

  /** Rows of the goals that nothing here measures yet. */
  private static final List<String> LEFT_OUT =
      List.of(
          "Firehose handler, bytes in to bytes out (not measured yet)",
          "JVM start to the first 1 MB Firehose event answered (not measured yet)",
          "KCL consumer against one that writes raw records (not measured here)",
          "memory of consumer and Lambda (not measured here)");

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
    List<Row> rows = smoke ? List.of() : rows(scores, progress);
    rows.forEach(row -> out.println(row.text()));
    if (!smoke) {
      LEFT_OUT.forEach(row -> out.println("left out: " + row));
    }
    results.ifPresent(
        directory -> out.println(new ResultFile(machine, note, scores, rows).writeTo(directory)));
    return rows.stream().noneMatch(row -> row.verdict() == Row.Verdict.FAIL);
  }

  private Scores measure(PrintStream progress) {
    GeoDatabase.file();
    var scores = new Scores();
    for (int round = 1; round <= rounds; round++) {
      for (Subject subject : subjects()) {
        var score = JmhRun.of(subject, timing);
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

  private List<Row> rows(Scores scores, PrintStream progress) {
    var rows = new ArrayList<>(LineRows.rows(scores));
    rows.addAll(Pin.rows(scores));
    progress.println("two threads and two processes");
    rows.add(ThreadRow.measure(rounds, timing));
    progress.println("./sluice enrich and GoAccess");
    rows.addAll(EnrichRows.measure(rounds));
    progress.println("start-up");
    rows.addAll(StartUpRows.measure(rounds));
    return rows;
  }

  /** Neighbours follow each other, so that both sides of a ratio see the same machine. */
  private Set<Subject> subjects() {
    var subjects = new LinkedHashSet<Subject>();
    for (String implementation : List.of("ours", "good", "naive")) {
      subjects.add(Subject.pipeline("zipf", implementation));
    }
    for (String implementation : List.of("uap", "ours")) {
      subjects.add(Subject.userAgent("browsers", implementation));
    }
    for (String corpus : List.of("real", "hostile")) {
      subjects.add(Subject.pipeline(corpus, "ours"));
      subjects.add(Subject.pipeline(corpus, "good"));
    }
    if (all) {
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
