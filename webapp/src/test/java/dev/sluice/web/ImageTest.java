package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The image fits the code: every variable is a setting, ports agree, nothing runs as root. */
class ImageTest {

  private final List<String> image = Files.readAllLines(Path.of("Dockerfile"));

  ImageTest() throws IOException {}

  private String line(String beginning) {
    return image.stream().filter(line -> line.startsWith(beginning)).findFirst().orElseThrow();
  }

  @Test
  void setsNothingButSettings() {
    var variable = Pattern.compile("\\b(WEB_[A-Z]+)=(\\S+)");
    var names =
        image.stream()
            .flatMap(line -> variable.matcher(line).results())
            .map(result -> result.group(1))
            .toList();
    assertThat(names).containsExactly("WEB_HOST", "WEB_PORT");
    assertThat(WebSettings.keys()).extracting(WebKey::name).containsAll(names);
    assertThat(String.join("\n", image)).contains("WEB_PORT=8080");
    assertThat(line("EXPOSE")).isEqualTo("EXPOSE 8080");
  }

  @Test
  void startsJavaItselfAndNotAsRoot() {
    assertThat(line("USER")).isEqualTo("USER 10001:10001");
    assertThat(line("ENTRYPOINT"))
        .startsWith("ENTRYPOINT [\"java\",")
        .endsWith("\"" + WebMain.class.getName() + "\"]");
    assertThat(String.join("\n", image)).contains("\"" + HealthProbe.class.getName() + "\"");
  }
}
