package dev.sluice.enricher.geo;

import com.maxmind.db.CacheKey;
import com.maxmind.db.DecodedValue;
import com.maxmind.db.InvalidDatabaseException;
import com.maxmind.db.NodeCache;
import java.io.IOException;

/**
 * Bounds what one look-up may follow in the data section. In a sound file a record is a small tree;
 * in a broken or hostile one, pointers form cycles, or few bytes unfold into billions of values.
 * The decoder of maxmind-db asks its node cache at every pointer, so this cache, which keeps
 * nothing, is the place to count. Thread-safe: each thread counts its own look-up.
 */
final class PointerLimit implements NodeCache {
  /** A GeoIP2 City record nests four pointers and follows fewer than 200. */
  static final int MAX_DEPTH = 32;

  static final int MAX_POINTERS = 4_000;

  private static final class Count {
    private int depth;
    private int followed;
  }

  private final ThreadLocal<Count> counts = ThreadLocal.withInitial(Count::new);

  /** To be called before each look-up. */
  void reset() {
    Count count = counts.get();
    count.depth = 0;
    count.followed = 0;
  }

  @Override
  public DecodedValue get(CacheKey<?> key, Loader loader) throws IOException {
    Count count = counts.get();
    if (count.depth >= MAX_DEPTH || count.followed >= MAX_POINTERS) {
      throw new InvalidDatabaseException("a record follows too many pointers");
    }
    count.depth++;
    count.followed++;
    DecodedValue value = loader.load(key);
    count.depth--;
    return value;
  }
}
