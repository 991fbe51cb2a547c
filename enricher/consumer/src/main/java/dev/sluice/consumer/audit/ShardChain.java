package dev.sluice.consumer.audit;

import dev.sluice.consumer.tiles.ContinuesFrom;
import dev.sluice.consumer.tiles.Position;
import dev.sluice.consumer.tiles.StartWord;
import dev.sluice.consumer.tiles.TileHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The tiles of one shard, held against each other. Keeps a few hundred bytes for each tile. */
final class ShardChain {
  /** One link: where it lies and what it covers. */
  private record Link(String key, ContinuesFrom continuesFrom, Position first, Position last) {}

  private final String shard;
  private final List<Link> links = new ArrayList<>();
  private final Map<ContinuesFrom, String> keyByStart = new HashMap<>();

  ShardChain(String shard) {
    this.shard = shard;
  }

  /** Adds a tile; a second one that continues from the same position is a finding. */
  void add(String key, TileHeader header, Consumer<Finding> findings) {
    String earlier = keyByStart.putIfAbsent(header.continuesFrom(), key);
    if (earlier != null) {
      findings.accept(
          new Finding(key, "doubled: " + earlier + " continues from the same position"));
      return;
    }
    links.add(new Link(key, header.continuesFrom(), header.first(), header.last()));
  }

  /** Walks the chain from its start: no gap, no overlap. */
  void walk(Consumer<Finding> findings) {
    links.sort(Comparator.comparing(Link::first));
    Position end = null;
    for (Link link : links) {
      if (end == null) {
        if (!(link.continuesFrom() instanceof StartWord)) {
          findings.accept(
              new Finding(
                  shard,
                  "gap: the first tile is missing, " + link.key() + " continues from a position"));
        }
      } else if (!link.continuesFrom().equals(end)) {
        findings.accept(new Finding(link.key(), mismatch(link, end)));
      }
      if (link.last().isAbove(end)) {
        end = link.last();
      }
    }
  }

  private static String mismatch(Link link, Position end) {
    boolean gap = link.continuesFrom() instanceof Position from && from.isAbove(end);
    return (gap ? "gap: no tile continues from " : "overlap: the tile before ends at ")
        + end.text()
        + ", this one continues from "
        + link.continuesFrom().text();
  }

  /** The chain must end where the shard's marker says. */
  void mustEndAt(ContinuesFrom marked, Consumer<Finding> findings) {
    Position end = end();
    if (end == null ? marked instanceof Position : !marked.equals(end)) {
      findings.accept(
          new Finding(
              shard,
              "gap: the shard ended at "
                  + marked.text()
                  + ", its tiles end at "
                  + (end == null ? "nothing" : end.text())));
    }
  }

  /** The checkpoint must be the end of a tile. */
  void mustReach(Position checkpoint, Consumer<Finding> findings) {
    Position end = end();
    if (checkpoint.isAbove(end)) {
      findings.accept(
          new Finding(
              shard,
              "gap: the checkpoint is "
                  + checkpoint.text()
                  + ", the tiles end at "
                  + (end == null ? "nothing" : end.text())));
    } else if (links.stream().noneMatch(link -> link.last().equals(checkpoint))) {
      findings.accept(
          new Finding(shard, "the checkpoint " + checkpoint.text() + " is not the end of a tile"));
    }
  }

  private Position end() {
    Position end = null;
    for (Link link : links) {
      if (link.last().isAbove(end)) {
        end = link.last();
      }
    }
    return end;
  }
}
