package dev.sluice.web.files;

import dev.sluice.web.http.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Finds and sorts uploads among the newest. DynamoDB knows them by time only, so they are read and
 * looked at here, which is bounded, and the answer says how many were looked at.
 */
final class FileSearch {

  /** What the list looks at. */
  static final int MAX_LOOKED_AT = 10_000;

  /** Searches at once: each may hold 10 MB, and a page of the table. */
  private static final int MAX_SEARCHES = 2;

  private static final int MAX_WAIT_SECONDS = 5;

  private final FileTable table;
  private final int maxLookedAt;
  private final Semaphore places = new Semaphore(MAX_SEARCHES);

  /**
   * @param maxLookedAt newest uploads that are looked at
   */
  FileSearch(FileTable table, int maxLookedAt) {
    this.table = table;
    this.maxLookedAt = maxLookedAt;
  }

  /** By what the list is sorted. */
  enum Sort {
    /** In the order of the index. */
    TIME(null),
    NAME(Comparator.comparing(Row::name)),
    SIZE(Comparator.comparingLong(Row::size)),
    STATE(Comparator.comparing(Row::state));

    private final Comparator<Row> order;

    Sort(Comparator<Row> order) {
      this.order = order;
    }
  }

  /**
   * An upload in little memory: items as the SDK has them take five times as much.
   *
   * @param json of {@link StoredFile#json}, in UTF-8
   */
  record Row(String name, long size, String state, byte[] json) {

    private static Row of(StoredFile file) {
      return new Row(
          file.name(),
          file.size(),
          file.state(),
          file.json().toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * What was found.
   *
   * @param lookedAt uploads that were read
   * @param all whether these were all there are
   */
  record Found(List<Row> rows, int lookedAt, boolean all) {}

  /**
   * Searches.
   *
   * @param text part of the name, whatever its case; empty finds everything
   * @throws RefusedException 503 when too many search at the same time
   */
  Found find(String text, Sort sort, boolean descending) {
    try {
      if (!places.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new RefusedException(503, "Too many searches are running; try again.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException(503, "The server is stopping.");
    }
    try {
      return findAlone(text.toLowerCase(Locale.ROOT), sort, descending);
    } finally {
      places.release();
    }
  }

  private Found findAlone(String text, Sort sort, boolean descending) {
    var rows = new ArrayList<Row>();
    int lookedAt = 0;
    Optional<Map<String, AttributeValue>> next = Optional.empty();
    do {
      FileTable.Page page = table.byTime(maxLookedAt - lookedAt, true, next);
      lookedAt += page.files().size();
      for (StoredFile file : page.files()) {
        if (file.name().toLowerCase(Locale.ROOT).contains(text)) {
          rows.add(Row.of(file));
        }
      }
      next = page.next();
    } while (next.isPresent() && lookedAt < maxLookedAt);
    sort(rows, sort, descending);
    return new Found(rows, lookedAt, next.isEmpty());
  }

  /** Files that are equal stay in the order of their times, the newest first. */
  private static void sort(List<Row> rows, Sort sort, boolean descending) {
    if (sort.order != null) {
      rows.sort(descending ? sort.order.reversed() : sort.order);
    } else if (!descending) {
      Collections.reverse(rows);
    }
  }
}
