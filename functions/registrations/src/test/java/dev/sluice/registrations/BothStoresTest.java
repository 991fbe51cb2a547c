package dev.sluice.registrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Both stores hold the same in the end, whichever fails when. */
class BothStoresTest {
  private static final long SEED = 20_261_124;
  private static final String AWAY = "08S01";
  private static final String TOO_LONG = "22001";

  private final Map<Long, String> rows = new HashMap<>();
  private final Map<Long, String> items = new HashMap<>();
  private final Set<Long> refusedItems = new HashSet<>();
  private final Set<Long> refusedRows = new HashSet<>();
  private final List<String> effects = new ArrayList<>();
  private final Random random = new Random(SEED);
  private double failing;

  private final BothStores stores = new BothStores(this::upsert, this::put);

  private void mayFail() throws SQLException {
    if (random.nextDouble() < failing) {
      throw new SQLException("injected", AWAY);
    }
  }

  private CustomerRows.Transaction upsert(List<Registration> customers) throws SQLException {
    effects.add("rows");
    mayFail();
    for (Registration customer : customers) {
      if (refusedRows.contains(customer.custId())) {
        throw new SQLException("injected", TOO_LONG);
      }
    }
    return new CustomerRows.Transaction() {
      @Override
      public void commit() throws SQLException {
        mayFail();
        effects.add("commit");
        customers.forEach(customer -> rows.put(customer.custId(), customer.name()));
        mayFail(); // the answer is lost
      }

      @Override
      public void close() {
        effects.add("end");
      }
    };
  }

  private Set<Long> put(List<Registration> customers) {
    effects.add("items");
    if (random.nextDouble() < failing) {
      throw new IllegalStateException("injected");
    }
    var refused = new HashSet<Long>();
    for (Registration customer : customers) {
      if (refusedItems.contains(customer.custId()) || random.nextDouble() < failing) {
        refused.add(customer.custId());
      } else {
        items.put(customer.custId(), customer.name());
      }
    }
    return refused;
  }

  @Test
  void rowsAreCommittedWhenTheItemsAreThere() throws SQLException {
    assertThat(stores.write(List.of(new Registration(2, "b"), new Registration(1, "a")))).isEmpty();
    assertThat(effects).containsExactly("rows", "items", "commit", "end");
    assertThat(rows).isEqualTo(Map.of(1L, "a", 2L, "b")).isEqualTo(items);
  }

  @Test
  void anItemThatIsRefusedKeepsNobodyElseOut() throws SQLException {
    refusedItems.add(2L);
    assertThat(stores.write(customers(4))).containsExactly(2L);
    assertThat(rows.keySet()).containsExactlyInAnyOrder(0L, 1L, 3L).isEqualTo(items.keySet());
  }

  @Test
  void aRowThatIsRefusedKeepsNobodyElseOut() throws SQLException {
    refusedRows.addAll(Set.of(3L, 4L));
    assertThat(stores.write(customers(9))).containsExactlyInAnyOrder(3L, 4L);
    assertThat(rows).hasSize(7).isEqualTo(items);
  }

  @Test
  void aDatabaseThatIsAwayFailsAll() {
    failing = 1;
    assertThatThrownBy(() -> stores.write(customers(3))).isInstanceOf(SQLException.class);
    assertThat(items).isEmpty();
  }

  @Test
  void whateverFailsBothAreTheSameWhenEverybodyIsThroughInTheEnd() {
    for (int run = 0; run < 2_000; run++) {
      rows.clear();
      items.clear();
      failing = 0.2;
      List<Registration> left = new ArrayList<>(customers(1 + random.nextInt(12)));
      int size = left.size();
      while (!left.isEmpty()) {
        try {
          Set<Long> failed = stores.write(left);
          left.removeIf(customer -> !failed.contains(customer.custId()));
        } catch (SQLException | IllegalStateException injected) {
          // all of them come again
        }
      }
      assertThat(rows).hasSize(size).isEqualTo(items);
    }
  }

  private static List<Registration> customers(int count) {
    var customers = new ArrayList<Registration>();
    for (int i = 0; i < count; i++) {
      customers.add(new Registration(i, "name " + i));
    }
    return customers;
  }
}
