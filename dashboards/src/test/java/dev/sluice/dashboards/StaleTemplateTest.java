package dev.sluice.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.dashboards.template.TemplatesTest;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The committed templates are what the program makes today. Needs Node. */
class StaleTemplateTest {
  /** The first line that differs, or nothing. */
  private static String difference(Map<String, String> made, Map<String, String> committed) {
    var places = new StringBuilder();
    for (String name : new TreeMap<>(made).keySet()) {
      String[] now = made.get(name).split("\n");
      String[] then = committed.getOrDefault(name, "").split("\n");
      for (int i = 0; i < Math.max(now.length, then.length); i++) {
        String a = i < now.length ? now[i] : "";
        String b = i < then.length ? then[i] : "";
        if (!a.equals(b)) {
          places.append(
              "%s is stale at line %d: \"%s\" should be \"%s\"; run make templates%n"
                  .formatted(name, i + 1, b.strip(), a.strip()));
          break;
        }
      }
    }
    return places.toString().strip();
  }

  @Test
  void theCommittedTemplateIsWhatTheProgramMakes() throws IOException {
    assumeTrue(TemplatesTest.nodeIsHere(), TemplatesTest.NO_NODE);

    assertThat(
            difference(
                WriteTemplates.templates(),
                Map.of("sluice-monitoring.json", CommittedTemplate.text())))
        .isEmpty();
  }

  @Test
  void aStaleTemplateIsNamedWithItsLine() throws IOException {
    String committed = CommittedTemplate.text();
    String other = committed.replaceFirst("\"Threshold\" : 60000", "\"Threshold\" : 90000");
    assertThat(other).isNotEqualTo(committed);

    assertThat(difference(Map.of("a.json", committed), Map.of("a.json", other)))
        .startsWith("a.json is stale at line ")
        .endsWith(
            ": \"\"Threshold\" : 90000,\" should be \"\"Threshold\" : 60000,\"; run make templates");
    assertThat(difference(Map.of("a.json", committed), Map.of())).startsWith("a.json is stale at");
    assertThat(difference(Map.of("a.json", committed), Map.of("a.json", committed))).isEmpty();
  }
}
