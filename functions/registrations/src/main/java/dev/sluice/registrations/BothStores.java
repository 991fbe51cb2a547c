package dev.sluice.registrations;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes customers into both stores. Rows come first, in a transaction that holds their locks while
 * the items are put, and are committed when those are there: so whoever writes the same customer at
 * the same time waits, and both stores end with the same name. A failure takes the rows back; what
 * is left of it, an item without its row, is mended when the message comes again, because both
 * writes replace what is there.
 */
final class BothStores {
  /** SQL states of class 22, data exceptions: this row, and no other, is at fault. */
  private static final String DATA_EXCEPTION = "22";

  /** Integrity constraints. */
  private static final String CONSTRAINT = "23";

  private final CustomerRows rows;
  private final CustomerItems items;

  BothStores(CustomerRows rows, CustomerItems items) {
    this.rows = rows;
    this.items = items;
  }

  /**
   * Writes customers.
   *
   * @param customers no key twice
   * @return keys of those that are not in both stores now
   * @throws SQLException when the database is away: none of them is registered then
   */
  Set<Long> write(List<Registration> customers) throws SQLException {
    var sorted = new ArrayList<>(customers);
    sorted.sort(Comparator.comparingLong(Registration::custId));
    var failed = new HashSet<Long>();
    writeSorted(sorted, failed);
    return failed;
  }

  private void writeSorted(List<Registration> customers, Set<Long> failed) throws SQLException {
    if (customers.isEmpty()) {
      return;
    }
    Set<Long> refused;
    try (CustomerRows.Transaction transaction = rows.upsert(customers)) {
      refused = items.put(customers);
      if (refused.isEmpty()) {
        transaction.commit();
        return;
      }
    } catch (SQLException e) {
      if (!isForOneRow(e)) {
        throw e;
      }
      writeHalves(customers, failed);
      return;
    }
    // Rows of items that were refused must not stay, so all are taken back and the others come
    // once more.
    failed.addAll(refused);
    writeSorted(
        customers.stream().filter(customer -> !refused.contains(customer.custId())).toList(),
        failed);
  }

  /** Until the row that MySQL does not take is alone. */
  private void writeHalves(List<Registration> customers, Set<Long> failed) throws SQLException {
    if (customers.size() == 1) {
      failed.add(customers.get(0).custId());
      return;
    }
    int half = customers.size() / 2;
    writeSorted(customers.subList(0, half), failed);
    writeSorted(customers.subList(half, customers.size()), failed);
  }

  private static boolean isForOneRow(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith(DATA_EXCEPTION) || state.startsWith(CONSTRAINT));
  }
}
