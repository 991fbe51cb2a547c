package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.demo.Tally.Count;
import org.junit.jupiter.api.Test;

class TallyTest {

  @Test
  void ordersByFrequencyThenByName() {
    var tally = new Tally();
    for (String value : new String[] {"b", "c", "a", "b", null}) {
      tally.add(value);
    }
    assertThat(tally.top(2)).containsExactly(new Count("b", 2), new Count("a", 1));
  }

  @Test
  void tellsNoMoreValuesApartThanItsBound() {
    var tally = new Tally();
    for (int i = 0; i < Tally.MAX_VALUES + 10; i++) {
      tally.add("value" + i);
    }
    tally.add("value0");
    assertThat(tally.top(Integer.MAX_VALUE)).hasSize(Tally.MAX_VALUES);
    assertThat(tally.top(1)).containsExactly(new Count("value0", 2));
  }
}
