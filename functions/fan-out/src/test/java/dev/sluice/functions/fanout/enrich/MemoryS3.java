package dev.sluice.functions.fanout.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** A bucket in memory, read as Athena and people read it. */
final class MemoryS3 implements ObjectPut {
  final Map<String, byte[]> objects = new TreeMap<>();
  final Map<String, Map<String, String>> metadata = new TreeMap<>();
  RuntimeException failure; // null while it works

  @Override
  public void put(String key, byte[] gzip, Map<String, String> newMetadata) {
    if (failure != null) {
      throw failure;
    }
    objects.put(key, gzip);
    metadata.put(key, Map.copyOf(newMetadata));
  }

  List<String> lines(String key) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(objects.get(key)))) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of all objects of enriched lines, by their keys. */
  List<String> enriched() {
    return objects.keySet().stream()
        .filter(key -> !key.contains("/rejects/"))
        .flatMap(key -> lines(key).stream())
        .toList();
  }

  /** The documents that objects of enriched lines name. */
  List<String> rejects() {
    return metadata.values().stream()
        .filter(each -> each.containsKey("sluice-rejects-key"))
        .flatMap(each -> lines(each.get("sluice-rejects-key")).stream())
        .toList();
  }
}
