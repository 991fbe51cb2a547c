package dev.sluice.producers.command;

import dev.sluice.producers.PartitionKeys;
import java.util.random.RandomGenerator;

/** The words of {@code --partition-key}. */
final class PartitionKeyChoice {
  static final String CLIENT_ADDRESS = "client-address";
  static final String RANDOM = "random";
  static final String LINE_NUMBER = "line-number";
  static final String CONSTANT = "constant:";

  private PartitionKeyChoice() {}

  /**
   * The keys for {@code choice}.
   *
   * @throws IllegalArgumentException no such choice, or a constant that is no partition key
   */
  static PartitionKeys of(String choice, RandomGenerator random) {
    if (choice.startsWith(CONSTANT)) {
      return PartitionKeys.constant(choice.substring(CONSTANT.length()));
    }
    return switch (choice) {
      case CLIENT_ADDRESS -> PartitionKeys.clientAddress();
      case RANDOM -> PartitionKeys.random(random);
      case LINE_NUMBER -> PartitionKeys.lineNumber();
      default ->
          throw new IllegalArgumentException(
              "'" + choice + "' is not client-address, random, line-number or constant:TEXT");
    };
  }
}
