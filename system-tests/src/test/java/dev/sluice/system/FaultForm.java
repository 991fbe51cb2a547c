package dev.sluice.system;

import java.time.Duration;
import java.util.List;

/**
 * How long and how often faults last: short in every build, long by {@code -Pfaults}. The code of a
 * scenario is the same.
 *
 * @param kills of R1
 * @param stops of R2, under load
 * @param outage length of each fault of R6, R8 and R9
 * @param frozen how long the zombie of R4 stands still
 * @param reshardRounds of R7: some shards are split, and some merged, in each
 * @param reshardShards of R7, at the beginning
 * @param resharded shards that each round of R7 splits, and pairs that it merges
 * @param warmUp of R12: after it memory, threads and descriptors are compared
 * @param soak of R12, behind the warm-up
 * @param soakLinesPerSecond half of what R12 lets its shards take at most
 * @param parsers that R10 is held against
 * @param soakTileAge flush interval of R12
 * @param maxTileAge flush interval of consumers
 * @param withCommand whether {@code ./sluice audit} runs as a process of its own after a scenario
 */
record FaultForm(
    String name,
    int kills,
    int stops,
    Duration outage,
    Duration frozen,
    int reshardRounds,
    int reshardShards,
    int resharded,
    Duration warmUp,
    Duration soak,
    double soakLinesPerSecond,
    List<String> parsers,
    Duration soakTileAge,
    Duration maxTileAge,
    boolean withCommand) {

  /** Names the form: {@code short} or {@code long}. */
  static final String PROPERTY = "sluice.faults.form";

  /** Length of R12, such as {@code PT2H}; in the long form only. */
  private static final String SOAK_PROPERTY = "sluice.faults.soak";

  private static final FaultForm SHORT =
      new FaultForm(
          "short",
          4, // at each failpoint, and once at random
          3,
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          1,
          4,
          1,
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          500,
          List.of("regex"), // every other scenario has broken lines for the scanner
          Duration.ofMillis(500),
          Duration.ofMillis(500),
          false);

  private static final FaultForm LONG =
      new FaultForm(
          "long",
          20,
          20,
          Duration.ofSeconds(60),
          Duration.ofSeconds(35),
          3,
          2,
          2,
          Duration.ofMinutes(2),
          Duration.parse(System.getProperty(SOAK_PROPERTY, "PT2H")),
          2_000,
          List.of("scanner", "regex"),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          true);

  /** The form that this run was asked for. */
  static FaultForm ofThisRun() {
    String name = System.getProperty(PROPERTY, SHORT.name);
    if (name.equals(LONG.name)) {
      return LONG;
    }
    if (name.equals(SHORT.name)) {
      return SHORT;
    }
    throw new IllegalArgumentException(PROPERTY + " is neither short nor long: " + name);
  }
}
