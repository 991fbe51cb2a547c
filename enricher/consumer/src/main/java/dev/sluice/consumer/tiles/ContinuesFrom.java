package dev.sluice.consumer.tiles;

/**
 * What a tile continues from: the last position of the tile before it, or a {@link StartWord} for
 * the first tile of a shard. The text form stands in object keys and metadata.
 */
public sealed interface ContinuesFrom permits Position, StartWord {
  String text();

  /**
   * The opposite of {@link #text()}.
   *
   * @throws IllegalArgumentException if the text is neither a position nor a start word
   */
  static ContinuesFrom parse(String text) {
    for (StartWord word : StartWord.values()) {
      if (word.text().equals(text)) {
        return word;
      }
    }
    return Position.parse(text);
  }
}
