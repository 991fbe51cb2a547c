package dev.sluice.enricher.geo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * The three parts of a MaxMind DB file.
 *
 * @param metadata what the file says of itself
 * @param tree in memory
 * @param records mapped; unmapped when nobody refers to it any more
 */
record MaxMindFile(FileMetadata metadata, SearchTree tree, ByteBuffer records) {
  /** Zero bytes between tree and records ("Data Section Separator"). */
  private static final int SEPARATOR_BYTES = 16;

  /**
   * Opens a file of at most 2 GB.
   *
   * @throws IOException if it is none, or its parts do not fit
   */
  static MaxMindFile open(Path path) throws IOException {
    try (var channel = FileChannel.open(path)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new IOException("it has more than 2 GB");
      }
      ByteBuffer file = channel.map(MapMode.READ_ONLY, 0, channel.size());
      FileMetadata metadata = FileMetadata.read(file);
      long from = SearchTree.bytes(metadata) + SEPARATOR_BYTES;
      if (from > metadata.start()) {
        throw new IOException("its search tree of " + metadata.nodeCount() + " nodes does not fit");
      }
      return new MaxMindFile(
          metadata,
          SearchTree.read(channel, metadata),
          file.slice((int) from, metadata.start() - (int) from));
    }
  }

  /** A reader that stands before a record. */
  ValueReader reader(long record) throws IOException {
    var reader = new ValueReader(records);
    reader.start(record - metadata.nodeCount() - SEPARATOR_BYTES);
    return reader;
  }
}
