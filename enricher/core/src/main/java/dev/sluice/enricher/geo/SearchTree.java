package dev.sluice.enricher.geo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The binary search tree of a MaxMind DB file; walks to the record of an address without
 * allocating. The walk of MaxMind's own reader is the definition of this one. Thread-safe.
 *
 * <p>The tree is read into memory outside of the heap, two thirds of the file, some 35 MB for a
 * City database; not mapped, because a file that is cut off under a mapping makes the JVM throw an
 * InternalError some time later, at a place of its own choice.
 *
 * <p>A node is two records of 24, 28 or 32 bits, big-endian. A record below the number of nodes is
 * the next node, that number itself means nothing is known, and one above points to data. A walk
 * takes at most one node for each bit of the address, so that cycles end.
 *
 * @see <a href="https://maxmind.github.io/MaxMind-DB/">MaxMind DB File Format, "Binary Search Tree
 *     Section"</a>
 */
final class SearchTree {
  /** Nothing is known about the address; no data record has this number. */
  static final long NOTHING = 0;

  private static final long UNSIGNED = 0xFFFF_FFFFL;
  private static final int IPV4_START_BITS = 96;

  /** Bits of the address that one step over {@link #ipv4Tops} answers. */
  static final int TOP_BITS = 16;

  private final ByteBuffer nodes;
  private final long nodeCount;
  private final int recordBits;
  private final boolean ipv4Only;
  private final int ipv4Start;

  /**
   * Where the first 16 bits lead, found at their first use, so that nothing is read for it at the
   * start; 0 until then. Two threads that meet there write the same number. 256 KB.
   */
  private final int[] ipv4Tops = new int[1 << TOP_BITS];

  private SearchTree(ByteBuffer nodes, FileMetadata metadata) {
    this.nodes = nodes;
    nodeCount = metadata.nodeCount();
    recordBits = metadata.recordBits();
    ipv4Only = metadata.ipVersion() == 4;
    ipv4Start = ipv4Only ? 0 : (int) descend(0, 0, IPV4_START_BITS);
  }

  /** Length of the tree, which the file starts with. */
  static long bytes(FileMetadata metadata) {
    return metadata.nodeCount() * (2 * metadata.recordBits() / Byte.SIZE);
  }

  /**
   * Reads the tree.
   *
   * @param file as long as its tree, or longer
   * @throws IOException if it has become shorter meanwhile
   */
  static SearchTree read(FileChannel file, FileMetadata metadata) throws IOException {
    ByteBuffer nodes = ByteBuffer.allocateDirect(Math.toIntExact(bytes(metadata)));
    while (nodes.hasRemaining()) {
      if (file.read(nodes, nodes.position()) < 0) {
        throw new IOException("it is cut off while it is read");
      }
    }
    return new SearchTree(nodes, metadata);
  }

  /**
   * The data record of an address, as the tree writes it, or {@link #NOTHING}. The same number is
   * the same place in the file, and so the same answer. The slow twin of {@link TreeWalk#find}.
   */
  long find(long high, long low) {
    long record =
        Address.isIpv4(high, low) ? ofIpv4((int) low) : ipv4Only ? NOTHING : ofIpv6(high, low);
    return dataOf(record);
  }

  /** The record itself when it points to data, otherwise {@link #NOTHING}. */
  long dataOf(long record) {
    return record > nodeCount ? record : NOTHING;
  }

  /** Whether a walk goes on behind the record. */
  boolean isNode(long record) {
    return record < nodeCount;
  }

  /** Whether IPv6 addresses are in no network of it. */
  boolean isIpv4Only() {
    return ipv4Only;
  }

  private long ofIpv4(int address) {
    return descend(ipv4Start & UNSIGNED, (long) address << Integer.SIZE, Integer.SIZE);
  }

  /** The record after the first {@link #TOP_BITS} bits of an IPv4 address. */
  long ofTop(int address) {
    int index = address >>> Integer.SIZE - TOP_BITS;
    long top = ipv4Tops[index] & UNSIGNED;
    if (top == 0) {
      top = descend(ipv4Start & UNSIGNED, (long) address << Integer.SIZE, TOP_BITS);
      ipv4Tops[index] = (int) top;
    }
    return top;
  }

  private long ofIpv6(long high, long low) {
    return descend(descend(0, high, Long.SIZE), low, Long.SIZE);
  }

  /**
   * Follows the first {@code count} bits of {@code bits} from a record on, to the first record that
   * is no node.
   */
  long descend(long start, long bits, int count) {
    return switch (recordBits) {
      case 24 -> descend24(start, bits, count);
      case 28 -> descend28(start, bits, count);
      default -> descend32(start, bits, count);
    };
  }

  // Which way an address goes nobody can foresee, so the steps have no branches: bit is 0 or 1, and
  // the record on the right of its node is taken by a mask.

  private long descend24(long start, long bits, int count) {
    long record = start;
    for (int i = 0; i < count && record < nodeCount; i++) {
      int bit = (int) (bits << i >>> Long.SIZE - 1);
      record = nodes.getInt((int) record * 6 + 2 * bit) >>> 8 * (1 - bit) & 0xFF_FFFF;
    }
    return record;
  }

  /** The middle byte holds the highest four bits of both records, the left one's first. */
  private long descend28(long start, long bits, int count) {
    long record = start;
    for (int i = 0; i < count && record < nodeCount; i++) {
      int bit = (int) (bits << i >>> Long.SIZE - 1);
      int four = nodes.getInt((int) record * 7 + 3 * bit);
      int left = (four & 0xF0) << 20 | four >>> 8;
      record = (left & bit - 1) | (four & 0xFFF_FFFF & -bit);
    }
    return record;
  }

  private long descend32(long start, long bits, int count) {
    long record = start;
    for (int i = 0; i < count && record < nodeCount; i++) {
      int bit = (int) (bits << i >>> Long.SIZE - 1);
      record = nodes.getInt((int) record * 8 + 4 * bit) & UNSIGNED;
    }
    return record;
  }
}
