package dev.sluice.consumer.tiles;

import dev.sluice.enricher.OutcomeCounts;
import java.util.Map;

/**
 * What one tile holds.
 *
 * @param records records of the stream; one may carry several lines
 * @param outcomes lines by outcome
 * @param droppedByRule dropped lines by the name of the rule
 */
public record TileCounts(long records, OutcomeCounts outcomes, Map<String, Long> droppedByRule) {
  public TileCounts {
    droppedByRule = Map.copyOf(droppedByRule);
  }
}
