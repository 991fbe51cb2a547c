package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The committed templates are what the program makes. {@code make templates} writes them anew. */
class TemplatesAreFreshTest {
  @Test
  void theyAreWhatTheProgramMakes() throws IOException {
    assumeTrue(nodeIsHere(), "skipped: the CDK needs Node, and there is none on the PATH");

    assertThat(differences(WriteTemplates.texts(), committed())).isEmpty();
  }

  @Test
  void aStaleOneIsNamedWithItsLine() throws IOException {
    Map<String, String> program = committed();
    program.computeIfPresent(
        "sluice-tweets.json", (file, text) -> text.replace("\"pbs.twimg.com\"", "\"other\""));
    program.put("sluice-new.json", "{}\n");

    assertThat(differences(program, committed()))
        .hasSize(2)
        .anyMatch(d -> d.startsWith("sluice-tweets.json, line ") && d.contains("make templates"))
        .anyMatch(d -> d.startsWith("sluice-new.json is not committed"));
  }

  @Test
  void thePageOfTheParametersIsThatOfTheTemplates() throws IOException {
    String page = Files.readString(java.nio.file.Path.of("parameters.md"));
    assertThat(ParameterPage.of(Committed.templates())).as("make templates").isEqualTo(page);

    var other = Committed.templates();
    ((com.fasterxml.jackson.databind.node.ObjectNode)
            other.get("sluice-windows").at("/Parameters/WindowSeconds"))
        .put("Default", 60);
    assertThat(ParameterPage.of(other)).isNotEqualTo(page);
  }

  @Test
  void theLayoutKeepsWhatIsSaid() throws IOException {
    for (Map.Entry<String, String> template : committed().entrySet()) {
      assertThat(TemplateText.layOut(template.getValue()))
          .as(template.getKey())
          .isEqualTo(template.getValue());
    }
  }

  private static List<String> differences(
      Map<String, String> program, Map<String, String> committed) {
    var differences = new ArrayList<String>();
    program.forEach(
        (file, text) -> {
          String old = committed.get(file);
          if (old == null) {
            differences.add(file + " is not committed: make templates");
          } else if (!old.equals(text)) {
            differences.add(file + ", line " + firstDifference(text, old) + ": make templates");
          }
        });
    committed.keySet().stream()
        .filter(file -> !program.containsKey(file))
        .forEach(file -> differences.add(file + " is made by nothing"));
    return differences;
  }

  private static String firstDifference(String made, String committed) {
    List<String> one = made.lines().toList();
    List<String> other = committed.lines().toList();
    int line = 0;
    while (line < one.size() && line < other.size() && one.get(line).equals(other.get(line))) {
      line++;
    }
    String now = line < one.size() ? one.get(line).strip() : "its end";
    String then = line < other.size() ? other.get(line).strip() : "its end";
    return (line + 1) + " is " + then + " and should be " + now;
  }

  private static Map<String, String> committed() throws IOException {
    var texts = new TreeMap<String, String>();
    try (var files = Files.list(Committed.TEMPLATES)) {
      for (var file : files.toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }

  private static boolean nodeIsHere() {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
