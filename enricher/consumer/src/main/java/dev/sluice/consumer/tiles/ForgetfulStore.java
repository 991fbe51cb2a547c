package dev.sluice.consumer.tiles;

import java.util.Map;
import java.util.Optional;

/**
 * A store that keeps nothing, for a consumer that writes only into other sinks: each tile is
 * committed when these have it, by every run that comes to it. At least once.
 */
public final class ForgetfulStore implements TileStore {
  @Override
  public PutAnswer putIfAbsent(String key, Content content) {
    return PutAnswer.CREATED;
  }

  @Override
  public void put(String key, Content content) {}

  @Override
  public Optional<Map<String, String>> head(String key) {
    return Optional.empty();
  }

  @Override
  public Optional<byte[]> read(String key) {
    return Optional.empty();
  }

  @Override
  public void delete(String key) {}
}
