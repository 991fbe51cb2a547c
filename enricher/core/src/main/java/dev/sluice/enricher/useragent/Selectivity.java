package dev.sluice.enricher.useragent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How many texts a clause is expected to let through. A guess: it decides how fast an answer is,
 * never which.
 */
final class Selectivity {
  /** Clauses kept of one expression. */
  private static final int MAX_CLAUSES = 3;

  /** A clause of which more is expected does not help another one. */
  private static final double MAX_SHARE = 0.5;

  /** How much less often each further character of a literal is expected. */
  private static final double RARER_BY_CHARACTER = 0.25;

  /** Agents as most are, folded. */
  private static final List<String> ORDINARY =
      List.of(
          "MOZILLA/5.0 (WINDOWS NT 10.0; WIN64; X64) APPLEWEBKIT/537.36 (KHTML, LIKE GECKO) CHROME/120.0.0.0 SAFARI/537.36",
          "MOZILLA/5.0 (WINDOWS NT 10.0; WIN64; X64) APPLEWEBKIT/537.36 (KHTML, LIKE GECKO) CHROME/120.0.0.0 SAFARI/537.36 EDG/120.0.0.0",
          "MOZILLA/5.0 (LINUX; ANDROID 10; K) APPLEWEBKIT/537.36 (KHTML, LIKE GECKO) CHROME/120.0.0.0 MOBILE SAFARI/537.36",
          "MOZILLA/5.0 (LINUX; ANDROID 13; SM-G991B BUILD/TP1A.220624.014; WV) APPLEWEBKIT/537.36 (KHTML, LIKE GECKO) VERSION/4.0 CHROME/120.0.0.0 MOBILE SAFARI/537.36",
          "MOZILLA/5.0 (IPHONE; CPU IPHONE OS 17_1 LIKE MAC OS X) APPLEWEBKIT/605.1.15 (KHTML, LIKE GECKO) VERSION/17.1 MOBILE/15E148 SAFARI/604.1",
          "MOZILLA/5.0 (MACINTOSH; INTEL MAC OS X 10_15_7) APPLEWEBKIT/605.1.15 (KHTML, LIKE GECKO) VERSION/17.1 SAFARI/605.1.15",
          "MOZILLA/5.0 (X11; UBUNTU; LINUX X86_64; RV:120.0) GECKO/20100101 FIREFOX/120.0",
          "MOZILLA/5.0 (COMPATIBLE; GOOGLEBOT/2.1; +HTTP://WWW.GOOGLE.COM/BOT.HTML)");

  private static final Comparator<Clause> MOST_SELECTIVE_FIRST =
      Comparator.comparingDouble(Selectivity::share);

  private Selectivity() {}

  /** Up to {@value #MAX_CLAUSES} of the clauses, the most selective one first. */
  static List<Clause> best(List<Clause> clauses) {
    var kept = new ArrayList<Clause>();
    clauses.stream()
        .sorted(MOST_SELECTIVE_FIRST)
        .filter(clause -> kept.isEmpty() || share(clause) < MAX_SHARE)
        .limit(MAX_CLAUSES - 1)
        .forEach(kept::add);
    if (kept.stream().noneMatch(Clause::tellsStart)) {
      clauses.stream().filter(Clause::tellsStart).min(MOST_SELECTIVE_FIRST).ifPresent(kept::add);
    }
    return List.copyOf(kept);
  }

  static Optional<Clause> mostSelective(List<Clause> clauses) {
    return clauses.stream().min(MOST_SELECTIVE_FIRST);
  }

  /** The expected share of texts that hold one of the literals. */
  private static double share(Clause clause) {
    double sum = 0;
    for (Clause.Literal literal : clause.literals()) {
      String folded = LiteralAutomaton.fold(literal.text());
      long holders = ORDINARY.stream().filter(agent -> agent.contains(folded)).count();
      sum +=
          holders > 0
              ? (double) holders / ORDINARY.size()
              : Math.pow(RARER_BY_CHARACTER, folded.length()) / ORDINARY.size();
    }
    return sum;
  }
}
