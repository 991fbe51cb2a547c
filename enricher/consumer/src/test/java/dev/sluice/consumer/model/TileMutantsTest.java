package dev.sluice.consumer.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link TileModelTest} asks finds the faults that it is there for. */
class TileMutantsTest {
  /** Interleavings after which a broken rule must have shown. */
  private static final int INTERLEAVINGS_OF_A_MUTANT = 30_000;

  @ParameterizedTest
  @EnumSource
  void findsEachRuleThatIsBrokenOnPurpose(Mutant mutant) throws Exception {
    ClassLoader mutated = MutatedClasses.of(mutant);
    Class<?> model = mutated.loadClass(Interleavings.class.getName());
    var violation = model.getMethod("violation", long.class);
    String found = null;
    long seed = -1;
    try (var interleavings = (AutoCloseable) model.getConstructor().newInstance()) {
      while (found == null && seed < INTERLEAVINGS_OF_A_MUTANT) {
        found = (String) violation.invoke(interleavings, ++seed);
      }
    }
    assertThat(found).as("what the model says of " + mutant).isNotNull();
  }
}
