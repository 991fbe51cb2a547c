package dev.sluice.cli.layer;

import com.maxmind.db.CHMCache;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import com.maxmind.db.Reader.FileMode;
import dev.sluice.enricher.UnusableDatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads every record of a MaxMind database. What the enricher looks at when it opens one shows most
 * damage, but not all of it, and a layer is deployed to many.
 */
final class DatabaseCheck {
  /**
   * A tree without circles has one network more than it has nodes; where equal parts are stored
   * once, it has a few times as many. What has more goes round in circles.
   */
  private static final long MAX_NETWORKS_PER_NODE = 8;

  private static final int CACHED_RECORDS = 4096;

  private DatabaseCheck() {}

  /**
   * The number of networks in the database.
   *
   * @throws UnusableDatabaseException if a part of it cannot be read
   */
  static long networks(Path file) {
    try (var reader =
        new Reader(file.toFile(), FileMode.MEMORY_MAPPED, new CHMCache(CACHED_RECORDS))) {
      long bound = (reader.getMetadata().nodeCount() + 1) * MAX_NETWORKS_PER_NODE;
      @SuppressWarnings("rawtypes")
      Networks<Map> networks = reader.networks(Map.class);
      long count = 0;
      while (networks.hasNext()) {
        networks.next();
        if (++count > bound) {
          throw new IOException("its search tree goes round in circles");
        }
      }
      return count;
    } catch (IOException
        | InvalidNetworkException
        | RuntimeException
        | StackOverflowError
        | OutOfMemoryError broken) {
      throw new UnusableDatabaseException(file, "damaged: " + reason(broken), broken);
    }
  }

  private static String reason(Throwable broken) {
    return broken.getMessage() == null
        ? broken.getClass().getSimpleName()
        : broken.getMessage().replaceAll("\\s+", " ");
  }
}
