package dev.sluice.jmh;

import dev.sluice.jmh.measure.Timing;
import dev.sluice.jmh.ratios.Plan;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/**
 * Measures us and the neighbours in the same run, in short rounds that take turns, and prints what
 * each ratio is, what it must be, and PASS or FAIL. Exit code 0 when no row fails, 1 when one does,
 * 2 for wrong usage.
 *
 * <pre>java -cp jmh/target/benchmarks.jar dev.sluice.jmh.Ratios</pre>
 */
public final class Ratios {
  private static final int FAILED = 1;
  private static final int USAGE_ERROR = 2;
  private static final int MAX_ROUNDS = 99;

  private static final String HELP =
      """
      Usage: Ratios [--rounds N] [--all | --firehose | --functions | --files | --consumer | --pins] [--smoke] [--results DIR] [--note TEXT]

        --rounds N     rounds that take turns, 1 to 99 (default 5)
        --all          every benchmark on every corpus, not only those that a row needs
        --firehose     only what concerns the Firehose function
        --functions    only the function behind a stream, with and without enrichment
        --files        only the files function on whole logs, with and without enrichment
        --consumer     only the consumer and its neighbour
        --pins         only what GOOD is pinned by: its speed beside NAIVE and uap-java
        --smoke        the shortest run there is: shows that everything runs, judges nothing
        --results DIR  writes the scores and rows to DIR/<date>-<cpu>-jdk<version>.json
        --note TEXT    how the machine was, for the result file
        --help         prints this

      Example: make ratios RATIOS='--firehose --rounds 3'
      """;

  private Ratios() {}

  public static void main(String[] args) {
    if (Arrays.asList(args).contains("--help")) {
      System.out.print(HELP);
      return;
    }
    Plan plan;
    try {
      plan = plan(Arrays.asList(args).iterator());
    } catch (IllegalArgumentException e) {
      System.err.println("Ratios: " + e.getMessage());
      System.err.print(HELP);
      System.exit(USAGE_ERROR);
      return;
    }
    boolean passed = plan.run(System.out, System.err);
    System.exit(passed ? 0 : FAILED);
  }

  private static Plan plan(Iterator<String> args) {
    int rounds = 5;
    Plan.Extent extent = Plan.Extent.ROWS;
    boolean smoke = false;
    Optional<Path> results = Optional.empty();
    String note = "";
    while (args.hasNext()) {
      String option = args.next();
      switch (option) {
        case "--rounds" -> rounds = rounds(value(option, args));
        case "--all" -> extent = Plan.Extent.ALL;
        case "--firehose" -> extent = Plan.Extent.FIREHOSE;
        case "--functions" -> extent = Plan.Extent.FUNCTIONS;
        case "--files" -> extent = Plan.Extent.FILES;
        case "--consumer" -> extent = Plan.Extent.CONSUMER;
        case "--pins" -> extent = Plan.Extent.PINS;
        case "--smoke" -> smoke = true;
        case "--results" -> results = Optional.of(Path.of(value(option, args)));
        case "--note" -> note = value(option, args);
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    return smoke
        ? new Plan(1, Timing.SMOKE, smokeExtent(extent), true, results, note)
        : new Plan(rounds, Timing.NORMAL, extent, false, results, note);
  }

  /** All of it, or one part that others have nothing of. */
  private static Plan.Extent smokeExtent(Plan.Extent asked) {
    return asked == Plan.Extent.CONSUMER
            || asked == Plan.Extent.FUNCTIONS
            || asked == Plan.Extent.FILES
        ? asked
        : Plan.Extent.ALL;
  }

  private static String value(String option, Iterator<String> args) {
    if (!args.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return args.next();
  }

  private static int rounds(String text) {
    if (!text.matches("[1-9]\\d?")) {
      throw new IllegalArgumentException("--rounds takes 1 to " + MAX_ROUNDS + ", not " + text);
    }
    return Integer.parseInt(text);
  }
}
