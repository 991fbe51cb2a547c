package dev.sluice.samples;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A few hundred user agents with the shares of a public website. Inside a family the first ones are
 * the most common (Zipf's law).
 */
final class UserAgents {

  /** What a client reads, which decides the pages it asks for. */
  enum Reader {
    BROWSER,
    CRAWLER,
    FEED_READER,
    TOOL
  }

  record Agent(byte[] text, Reader reader) {}

  /**
   * Agents of one sort.
   *
   * @param weight share of the family among all agents
   * @param texts the most common ones first
   */
  record Family(Reader reader, double weight, List<String> texts) {}

  private final List<Agent> agents = new ArrayList<>();
  private final WeightedChoice choice;

  UserAgents() {
    var families = new ArrayList<Family>(BrowserAgents.families());
    families.addAll(MachineAgents.families());
    var weights = new ArrayList<Double>();
    for (Family family : families) {
      double sum = 0;
      for (int rank = 1; rank <= family.texts().size(); rank++) {
        sum += 1.0 / rank;
      }
      int rank = 1;
      for (String text : family.texts()) {
        agents.add(new Agent(text.getBytes(StandardCharsets.US_ASCII), family.reader()));
        weights.add(family.weight() / sum / rank++);
      }
    }
    choice = new WeightedChoice(weights.stream().mapToDouble(Double::doubleValue).toArray());
  }

  Agent draw(Dice dice) {
    return agents.get(choice.draw(dice));
  }

  List<Agent> all() {
    return List.copyOf(agents);
  }
}
