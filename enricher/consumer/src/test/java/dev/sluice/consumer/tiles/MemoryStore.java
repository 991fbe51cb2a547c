package dev.sluice.consumer.tiles;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store in memory that writes down what it is asked for, in order. */
final class MemoryStore implements TileStore {
  /** What stands under a key. */
  record Stored(byte[] bytes, Map<String, String> metadata) {}

  final Map<String, Stored> objects = new TreeMap<>();
  final List<String> effects;

  /** Runs before each call with its name and key; may throw. */
  interface Probe {
    void before(String operation, String key);
  }

  Probe probe = (operation, key) -> {};

  /** Carries a conditional write to {@link #arrive}: once, late, twice, or not at all. */
  interface Wire {
    PutAnswer carry(String key, Content content);
  }

  Wire wire = this::arrive;

  MemoryStore(List<String> effects) {
    this.effects = effects;
  }

  @Override
  public synchronized PutAnswer putIfAbsent(String key, Content content) {
    probe.before("putIfAbsent", key);
    effects.add((key.startsWith("_sluice") ? "marker " : "commit ") + name(key));
    return wire.carry(key, content);
  }

  /** The write reaches the store. */
  synchronized PutAnswer arrive(String key, Content content) {
    return objects.putIfAbsent(key, stored(content)) == null
        ? PutAnswer.CREATED
        : PutAnswer.ALREADY_THERE;
  }

  @Override
  public synchronized void put(String key, Content content) {
    probe.before("put", key);
    effects.add("rejects " + name(key));
    objects.put(key, stored(content));
  }

  private static Stored stored(Content content) {
    return new Stored(content.bytes(), new LinkedHashMap<>(content.metadata()));
  }

  @Override
  public synchronized Optional<Map<String, String>> head(String key) {
    probe.before("head", key);
    effects.add("head " + name(key));
    return Optional.ofNullable(objects.get(key)).map(Stored::metadata);
  }

  @Override
  public synchronized Optional<byte[]> read(String key) {
    probe.before("read", key);
    return Optional.ofNullable(objects.get(key)).map(Stored::bytes);
  }

  @Override
  public synchronized void delete(String key) {
    probe.before("delete", key);
    effects.add("delete " + name(key));
    objects.remove(key);
  }

  /** Last part of the key without its ending. */
  static String name(String key) {
    return key.substring(key.lastIndexOf('/') + 1).replace(TileKeys.SUFFIX, "");
  }
}
