package dev.sluice.consumer.tiles;

/** Who has written the commit that continues from a position: us, or another run. */
sealed interface CommitResult {
  /** Ours stands, from this attempt or from an earlier one that had seemed to fail. */
  record Committed() implements CommitResult {}

  /** Another run was first. */
  record Taken(TileHeader theirs) implements CommitResult {}
}
