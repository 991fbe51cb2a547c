package dev.sluice.enricher.useragent;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Makes user agents that nobody sent out of those that somebody did. */
final class AgentMutations {
  /** Some that mean something to expressions, some that fold, split or end lines oddly. */
  private static final List<String> ODD =
      List.of(
          ";",
          " ",
          "/",
          "(",
          ")",
          ".",
          "-",
          "_",
          "0",
          "9",
          "\n",
          "\r",
          "\t",
          "\0",
          "\u0085",
          "\u00e9",
          "\u0130",
          "\u017f",
          "\u212a",
          "\u2028",
          "\ud83d\ude00",
          "\ud800",
          "\udc00");

  private final RandomGenerator random;
  private final List<String> agents;

  AgentMutations(RandomGenerator random, List<String> agents) {
    this.random = random;
    this.agents = agents;
  }

  String next() {
    String agent = any();
    for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
      agent = change(agent);
    }
    return agent.substring(0, Math.min(agent.length(), UserAgentFragments.MAX_CLASSIFIED_BYTES));
  }

  private String change(String agent) {
    int at = random.nextInt(agent.length() + 1);
    int end = Math.min(agent.length(), at + random.nextInt(1, 12));
    String head = agent.substring(0, at);
    String middle = agent.substring(at, end);
    String tail = agent.substring(end);
    return switch (random.nextInt(10)) {
      case 0 -> head;
      case 1 -> tail;
      case 2 -> head + tail;
      case 3 -> head + middle + middle + tail;
      case 4 -> head + ODD.get(random.nextInt(ODD.size())) + middle + tail;
      case 5 -> head + middle.toUpperCase(Locale.ROOT) + tail;
      case 6 -> head + middle.toLowerCase(Locale.ROOT) + tail;
      case 7 ->
          random.nextBoolean() ? agent.toLowerCase(Locale.ROOT) : agent.toUpperCase(Locale.ROOT);
      case 8 -> agent + " " + any();
      default -> head + any() + tail;
    };
  }

  private String any() {
    return agents.get(random.nextInt(agents.size()));
  }
}
