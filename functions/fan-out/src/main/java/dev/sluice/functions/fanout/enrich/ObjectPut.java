package dev.sluice.functions.fanout.enrich;

import java.util.Map;

/** Puts whole objects, in place of what is there. */
@FunctionalInterface
public interface ObjectPut {
  /**
   * @param gzip NDJSON, compressed
   * @param metadata without the {@code x-amz-meta-} that S3 puts before the keys
   */
  void put(String key, byte[] gzip, Map<String, String> metadata);
}
