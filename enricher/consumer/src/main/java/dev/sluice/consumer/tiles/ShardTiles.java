package dev.sluice.consumer.tiles;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Turns the records of one shard into a chain of tiles, each record in exactly one commit, whoever
 * else writes the same shard at the same time. Waits for look-ups, never for a commit: {@link
 * #advance()} says when somebody has to. Not thread-safe.
 *
 * <p>Why a record cannot be lost or doubled: all runs of a shard start at an end of the same chain,
 * see the same records in the same order, and derive a tile's key from the position it continues
 * from and from its first record. So at most one object exists for each link of the chain. A run
 * moves on to the next link only when the object of this one exists, its own or another's, and then
 * continues from the end that the object itself names. Nothing depends on who owns the lease.
 */
public final class ShardTiles {
  /** Records whose lines are looked up together. */
  static final int MAX_RECORDS_LOOKED_UP = 10_000;

  /** Look-ups have a deadline of their own, which is below this one. */
  private static final Duration NO_OTHER_DEADLINE = Duration.ofMinutes(1);

  private final ShardContext shard;
  private final TileKeys keys;
  private final ShardProgress progress;

  /** Accepted and in no tile: the rest of a batch, and what a lost race has handed back. */
  private final Deque<RawRecord> waiting = new ArrayDeque<>();

  private int lookedUp; // records at the head of those about whose lines others were asked

  private Tile filling; // null while no tile is open
  private Tile sealed; // null while no commit is in flight
  private CompletableFuture<CommitResult> inFlight; // null exactly when sealed is

  private ContinuesFrom continuesFrom; // what the next tile to be opened continues from
  private boolean lookAhead = true; // ask for the next commit before filling its tile
  private boolean sealing;

  public ShardTiles(ShardContext shard, ContinuesFrom start) {
    this.shard = shard;
    keys = shard.keys();
    continuesFrom = start;
    progress = new ShardProgress(start);
  }

  /** Takes the next record as delivered; one that is not above the last accepted is ignored. */
  public void accept(RawRecord record) {
    if (progress.accept(record.position())) {
      waiting.add(record);
    } else {
      shard.events().recordsIgnored(shard.address().shardId(), 1);
    }
  }

  /** From now on a tile is sealed as soon as all accepted records are in it. */
  public void sealEverything() {
    sealing = true;
  }

  /**
   * Does all that can be done without waiting for a commit: puts waiting records into tiles, starts
   * and ends commits, adopts the tiles of others.
   *
   * @return false if records have to wait for the commit in flight
   * @throws ForeignObjectException if an object of somebody else lies in the way
   * @throws StoreException if the store gave up
   */
  public boolean advance() {
    while (true) {
      settle();
      RawRecord next = waiting.peek();
      if (next == null ? sealIsDue() : filling != null && !filling.hasRoomFor(next)) {
        if (inFlight != null) {
          return next == null;
        }
        seal();
      } else if (next == null) {
        return true;
      } else if (filling != null || open(next.arrival())) {
        lookUp();
        filling.add(waiting.remove());
      }
    }
  }

  /** Asks others, where the settings want that, about the next record and those after it. */
  private void lookUp() {
    if (!shard.enricher().hasLookups()) {
      return;
    }
    if (lookedUp == 0) {
      for (RawRecord record : waiting) {
        filling.collect(record);
        lookedUp++;
        if (lookedUp == MAX_RECORDS_LOOKED_UP) {
          break;
        }
      }
      shard.enricher().resolve(NO_OTHER_DEADLINE);
    }
    lookedUp--;
  }

  private boolean sealIsDue() {
    return filling != null
        && (sealing || filling.isFull() || filling.isOlderThanAllowed(shard.clock().instant()));
  }

  /** Opens the next tile, unless another run has it already and it was adopted. */
  private boolean open(Instant firstArrival) {
    if (lookAhead) {
      String key = keys.commit(continuesFrom, firstArrival);
      Optional<Map<String, String>> found = shard.store().head(key);
      if (found.isPresent()) {
        adopt(key, TileHeader.fromMetadata(key, found.get()));
        return false;
      }
      lookAhead = false;
    }
    filling =
        new Tile(
            continuesFrom,
            shard.address(),
            shard.limits(),
            shard.enricher(),
            shard.clock().instant(),
            shard.sinks().maxRawBytes());
    return true;
  }

  private void seal() {
    sealed = filling;
    filling = null;
    continuesFrom = sealed.last();
    inFlight = shard.commits().start(new TileCommit(shard, sealed));
  }

  /** Ends the commit in flight, if it is through. */
  private void settle() {
    if (inFlight == null || !inFlight.isDone()) {
      return;
    }
    CommitResult result = resultOf(inFlight);
    if (result instanceof CommitResult.Taken taken) {
      adopt(keys.commit(sealed.continuesFrom(), sealed.firstArrival()), taken.theirs());
    } else {
      progress.committed(sealed.last());
      sealed = null;
      inFlight = null;
    }
  }

  private static CommitResult resultOf(CompletableFuture<CommitResult> done) {
    try {
      return done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  /**
   * Goes on behind another run's tile: what it holds is dropped here, what lies above its end is
   * put into new tiles, from the raw records.
   */
  private void adopt(String key, TileHeader theirs) {
    ContinuesFrom start = sealed != null ? sealed.continuesFrom() : continuesFrom;
    theirs.requireNextLink(key, shard, start);
    Position end = theirs.last();
    List<RawRecord> ours = uncommitted();
    waiting.clear();
    lookedUp = 0;
    discardFilling();
    sealed = null;
    inFlight = null;
    for (RawRecord record : ours) {
      if (record.position().isAbove(end)) {
        waiting.add(record);
      }
    }
    continuesFrom = end;
    progress.adopted(end);
    lookAhead = true; // a run that was faster once may be further ahead
    shard.events().tileAdopted(shard.address().shardId(), end);
    if (ours.size() > waiting.size()) {
      shard.events().recordsIgnored(shard.address().shardId(), ours.size() - waiting.size());
    }
  }

  private List<RawRecord> uncommitted() {
    var records = new ArrayList<RawRecord>();
    if (sealed != null) {
      records.addAll(sealed.records());
    }
    if (filling != null) {
      records.addAll(filling.records());
    }
    records.addAll(waiting);
    return records;
  }

  /** The commit in flight, for whoever wants to wait for its end. */
  Optional<CompletableFuture<CommitResult>> inFlight() {
    return Optional.ofNullable(inFlight);
  }

  /** True if every accepted record is in a commit. */
  public boolean isIdle() {
    return waiting.isEmpty() && filling == null && sealed == null;
  }

  /** End of the last tile that is committed and delivered: the only place for a checkpoint. */
  public Optional<Position> checkpointable() {
    return progress.checkpointable();
  }

  /**
   * Where the shard's chain ends, once it is idle after the shard's end.
   *
   * @throws IllegalStateException if something is left, or if an adopted tile reaches beyond what
   *     was delivered, so that records must be missing
   */
  public ContinuesFrom chainEnd() {
    if (!isIdle()) {
      throw new IllegalStateException("records of the shard are not committed yet");
    }
    if (continuesFrom instanceof Position end && !progress.isDelivered(end)) {
      throw new IllegalStateException(
          "the shard has ended, but a tile reaches to " + end.text() + ", which never came");
    }
    return continuesFrom;
  }

  /** When the oldest record without a commit came, by the consumer's clock. */
  public Optional<Instant> oldestUncommitted() {
    Tile oldest = sealed != null ? sealed : filling;
    return Optional.ofNullable(oldest).map(Tile::openedAt);
  }

  /** Drops everything without a commit and stops the commit in flight. */
  public void drop() {
    waiting.clear();
    lookedUp = 0;
    discardFilling();
    if (inFlight != null) {
      inFlight.cancel(true);
    }
    sealed = null;
    inFlight = null;
  }

  private void discardFilling() {
    if (filling != null) {
      filling.discard();
      filling = null;
    }
  }
}
