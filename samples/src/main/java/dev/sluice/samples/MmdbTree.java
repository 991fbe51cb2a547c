package dev.sluice.samples;

import java.util.Arrays;

/**
 * The binary search tree of a MaxMind DB file, two records a node. In memory a record is a node's
 * number, {@link #NOTHING}, or the offset of a value as {@code -2 - offset}.
 */
final class MmdbTree {
  static final int NOTHING = -1;

  private int[] records = new int[1 << 12];
  private int nodes;

  MmdbTree() {
    addNode(NOTHING);
  }

  int nodes() {
    return nodes;
  }

  /** Record {@code side} (0 or 1) of a node. */
  int record(int node, int side) {
    return records[2 * node + side];
  }

  static boolean isValue(int record) {
    return record < NOTHING;
  }

  static int valueOffset(int record) {
    return -2 - record;
  }

  private int addNode(int record) {
    if (2 * nodes == records.length) {
      records = Arrays.copyOf(records, Math.addExact(records.length, records.length / 2 & ~1));
    }
    records[2 * nodes] = record;
    records[2 * nodes + 1] = record;
    return nodes++;
  }

  /**
   * Gives a network a value. A network inside an earlier one wins there, the same network again
   * takes the new value, and a network around an earlier one is refused.
   *
   * @param skippedBits bits of the address that the node {@code start} stands for already
   */
  void insert(IpNetwork network, int skippedBits, int start, int valueOffset) {
    int slot = descend(network.address(), skippedBits, network.prefixLength(), start);
    if (records[slot] >= 0) {
      throw new IllegalArgumentException("inserted after a network inside it: " + network);
    }
    records[slot] = -2 - valueOffset;
  }

  /** The node at the end of a prefix, made where there is none. */
  int nodeAt(IpAddress address, int length) {
    int slot = descend(address, 0, length, 0);
    if (records[slot] < 0) {
      int node = addNode(records[slot]);
      records[slot] = node;
    }
    return records[slot];
  }

  /** Lets a prefix without networks lead to a node that stands elsewhere. */
  void alias(IpNetwork prefix, int node) {
    records[descend(prefix.address(), 0, prefix.prefixLength(), 0)] = node;
  }

  /**
   * The index of the record that stands for a prefix of at least one bit behind the node {@code
   * start}.
   */
  private int descend(IpAddress address, int from, int to, int start) {
    int node = start;
    for (int i = from; i < to - 1; i++) {
      int slot = 2 * node + address.bit(i);
      if (records[slot] < 0) {
        int next =
            addNode(
                records[
                    slot]); // a value of a wider network moves into both records of the new node
        records[slot] = next;
      }
      node = records[slot];
    }
    return 2 * node + address.bit(to - 1);
  }
}
