package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CannotRunException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinesByIdTest {

  private static LinesById of(String... lines) {
    var all = new LinesById();
    for (String line : lines) {
      byte[] json = line.getBytes(StandardCharsets.UTF_8);
      all.add(json, json.length);
    }
    return all;
  }

  private static String line(String id, String host) {
    return "{\"host\":\"" + host + "\",\"event_id\":\"" + id + "\",\"quality\":\"ok\"}";
  }

  @Test
  void theSameLinesInAnyOrderAndRepeatedAreNoDifference() {
    LinesById found = of(line("b", "2"), line("a", "1"), line("b", "2"));
    assertThat(found.differences(of(line("a", "1"), line("b", "2")), "here", Set.of())).isEmpty();
    assertThat(found.distinct()).isEqualTo(2);
    assertThat(found.repeats()).isEqualTo(1);
  }

  @Test
  void tellsWhatIsMissingAlienAndDifferent() {
    LinesById expected = of(line("a", "1"), line("b", "2"), line("c", "3"));
    List<String> differences =
        of(line("a", "9"), line("b", "2"), line("d", "4")).differences(expected, "S3", Set.of());
    assertThat(differences)
        .containsExactly(
            "S3: 1 lines are missing",
            "S3: 1 lines should not be there",
            "S3: 1 lines differ from what the enricher gives");
  }

  @Test
  void keysThatMayDifferAreNotCompared() {
    LinesById found = of("{\"event_id\":\"a\",\"host\":\"1\",\"reference\":{\"team\":\"x\"}}");
    assertThat(found.differences(of(line("a", "1")), "S3", Set.of("quality", "reference")))
        .isEmpty();
    assertThat(found.differences(of(line("a", "1")), "S3", Set.of("quality"))).hasSize(1);
  }

  @Test
  void aLineWithoutIdIsRefused() {
    assertThatThrownBy(() -> of("{\"host\":\"1\"}")).isInstanceOf(CannotRunException.class);
    assertThatThrownBy(() -> of("{\"event_id\":7}")).isInstanceOf(CannotRunException.class);
    assertThatThrownBy(() -> of("[1]")).isInstanceOf(CannotRunException.class);
  }
}
