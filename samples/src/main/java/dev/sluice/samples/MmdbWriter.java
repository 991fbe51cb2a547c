package dev.sluice.samples;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes MaxMind DB files, format 2.0 (https://maxmind.github.io/MaxMind-DB/). The same inserts in
 * the same order give the same bytes. Memory is the tree (8 bytes a node) and the data section,
 * about the size of the file.
 *
 * <p>A tree of IP version 6 holds IPv4 networks under {@code ::/96}; {@code ::ffff:0:0/96} and
 * {@code 2002::/16} lead there too, as in MaxMind's own files.
 */
public final class MmdbWriter {
  private static final byte[] METADATA_MARKER =
      "\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);
  private static final int SEPARATOR_BYTES = 16;
  private static final List<IpNetwork> ALIASES =
      List.of(IpNetwork.parse("::ffff:0:0/96"), IpNetwork.parse("2002::/16"));
  private static final IpNetwork IPV4_IN_IPV6 = IpNetwork.parse("::/96");

  /** A value that stands in the file already: for many networks with one value. */
  public record Stored(int offset) {}

  private final MmdbMetadata metadata;
  private final MmdbTree tree = new MmdbTree();
  private final MmdbDataSection data = new MmdbDataSection();

  /** The node under which IPv4 networks hang. */
  private final int ipv4Root;

  public MmdbWriter(MmdbMetadata metadata) {
    this.metadata = metadata;
    if (metadata.ipVersion() == 6) {
      ipv4Root = tree.nodeAt(IPV4_IN_IPV6.address(), IPV4_IN_IPV6.prefixLength());
      ALIASES.forEach(alias -> tree.alias(alias, ipv4Root));
    } else {
      ipv4Root = 0;
    }
  }

  public Stored store(MmdbValue value) {
    return new Stored(data.store(value));
  }

  public void insert(IpNetwork network, MmdbValue value) {
    insert(network, store(value));
  }

  /**
   * Gives a network its value. Wider networks come first: a later network inside an earlier one
   * wins there, and the same network again takes the new value.
   *
   * @throws IllegalArgumentException for a network around an earlier one or around an alias, inside
   *     an alias, of the wrong IP version, or without any prefix
   */
  public void insert(IpNetwork network, Stored value) {
    if (network.prefixLength() == 0) {
      throw new IllegalArgumentException(
          "a network needs a prefix of at least one bit: " + network);
    }
    if (!network.address().ipv6()) {
      tree.insert(network, 0, ipv4Root, value.offset());
      return;
    }
    if (metadata.ipVersion() == 4) {
      throw new IllegalArgumentException("an IPv6 network in an IPv4 database: " + network);
    }
    for (IpNetwork alias : ALIASES) {
      if (alias.contains(network.address())) {
        throw new IllegalArgumentException(
            "insert it as IPv4, " + alias + " leads there: " + network);
      }
    }
    tree.insert(network, 0, 0, value.offset());
  }

  /** Number of nodes of the search tree so far. */
  public int nodes() {
    return tree.nodes();
  }

  /**
   * Writes the whole file. The stream is not closed.
   *
   * @throws IllegalStateException when the records are too small for this many nodes and values
   */
  public void writeTo(OutputStream out) throws IOException {
    long largest = (long) tree.nodes() + SEPARATOR_BYTES + data.bytes().length();
    if (largest >> metadata.recordSize() != 0) {
      throw new IllegalStateException(
          "record size "
              + metadata.recordSize()
              + " is too small for "
              + tree.nodes()
              + " nodes and "
              + data.bytes().length()
              + " bytes of data");
    }
    writeTree(out);
    out.write(new byte[SEPARATOR_BYTES]);
    data.bytes().writeTo(out);
    out.write(METADATA_MARKER);
    var section = new ByteBuilder(512);
    MmdbDataSection.encodeInPlace(metadata.toValue(tree.nodes()), section);
    section.writeTo(out);
  }

  private void writeTree(OutputStream out) throws IOException {
    int flushAt = 1 << 16;
    var chunk = new ByteBuilder(flushAt + 8);
    for (int node = 0; node < tree.nodes(); node++) {
      long left = recordValue(tree.record(node, 0));
      long right = recordValue(tree.record(node, 1));
      if (metadata.recordSize() == 28) {
        // The middle byte holds the highest four bits of both records, the left one's first.
        chunk
            .putBigEndian(left & 0xFFFFFF, 3)
            .put((int) (left >>> 24 << 4 | right >>> 24))
            .putBigEndian(right & 0xFFFFFF, 3);
      } else {
        int size = metadata.recordSize() / 8;
        chunk.putBigEndian(left, size).putBigEndian(right, size);
      }
      if (chunk.length() >= flushAt) {
        chunk.writeTo(out);
        chunk.truncate(0);
      }
    }
    chunk.writeTo(out);
  }

  private long recordValue(int record) {
    if (MmdbTree.isValue(record)) {
      return (long) tree.nodes() + SEPARATOR_BYTES + MmdbTree.valueOffset(record);
    }
    return record == MmdbTree.NOTHING ? tree.nodes() : record;
  }
}
