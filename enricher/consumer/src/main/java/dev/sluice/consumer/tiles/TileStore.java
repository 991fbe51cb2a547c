package dev.sluice.consumer.tiles;

import java.util.Map;
import java.util.Optional;

/**
 * The object store, as far as the tiles need it. Every method retries what can heal, within bounds,
 * always with the same bytes, and then throws {@link StoreException}. Thread-safe. An interrupt
 * ends a call early with a {@link StoreException} and leaves the thread interrupted.
 */
public interface TileStore {
  /** What became of a conditional write. */
  enum PutAnswer {
    CREATED,
    /** An object of that key exists: another writer's, or our own earlier attempt that arrived. */
    ALREADY_THERE
  }

  /**
   * Bytes and what S3 keeps beside them.
   *
   * @param contentType media type
   * @param metadata keys without {@code x-amz-meta-}, ASCII only
   */
  record Content(byte[] bytes, String contentType, Map<String, String> metadata) {
    static Content gzip(byte[] bytes, Map<String, String> metadata) {
      return new Content(bytes, "application/gzip", metadata);
    }

    static Content json(byte[] bytes) {
      return new Content(bytes, "application/json", Map.of());
    }
  }

  /** Writes the object unless one of that key exists: atomically, {@code If-None-Match: *}. */
  PutAnswer putIfAbsent(String key, Content content);

  /** Writes the object, over an older one of that key if there is one. */
  void put(String key, Content content);

  /** Metadata of the object, or nothing if there is none of that key. */
  Optional<Map<String, String>> head(String key);

  /** Bytes of a small object, or nothing if there is none of that key. */
  Optional<byte[]> read(String key);

  /** Removes the object; one that does not exist is fine. */
  void delete(String key);
}
