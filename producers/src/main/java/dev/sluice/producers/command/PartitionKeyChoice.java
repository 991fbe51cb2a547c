package dev.sluice.producers.command;

import dev.sluice.producers.PartitionKeys;
import java.util.random.RandomGenerator;

/** The words of {@code --partition-key}. */
final class PartitionKeyChoice {
  static final String RANDOM = "random";
  static final String LINE_NUMBER = "line-number";
  static final String CONSTANT = "constant:";

  private PartitionKeyChoice() {}

  /**
   * The keys for {@code choice}; null chooses the kind's own.
   *
   * @throws IllegalArgumentException no such choice, or a constant that is no partition key
   */
  static PartitionKeys of(String choice, ReplayKind kind, RandomGenerator random) {
    if (choice == null || choice.equals(kind.keyWord())) {
      return kind.keys();
    }
    if (choice.startsWith(CONSTANT)) {
      return PartitionKeys.constant(choice.substring(CONSTANT.length()));
    }
    return switch (choice) {
      case RANDOM -> PartitionKeys.random(random);
      case LINE_NUMBER -> PartitionKeys.lineNumber();
      default ->
          throw new IllegalArgumentException(
              "'"
                  + choice
                  + "' is not "
                  + kind.keyWord()
                  + ", random, line-number or constant:TEXT");
    };
  }
}
