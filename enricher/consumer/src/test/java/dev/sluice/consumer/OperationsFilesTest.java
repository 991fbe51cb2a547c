package dev.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import dev.sluice.lookups.LookupSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The files that a platform engineer starts from hold what the code says: image, task definition,
 * unit. That an image can be built and a task be run is not proved here.
 */
class OperationsFilesTest {
  private static final Path FOLDER = Path.of("operations");

  /** What the AWS SDK reads by itself. */
  private static final Set<String> SDK_KEYS = Set.of("AWS_REGION");

  private static final Set<String> KEYS =
      Stream.of(ConsumerSettings.keys(), EnricherSettings.keys(), LookupSettings.keys())
          .flatMap(List::stream)
          .map(SettingKey::name)
          .collect(Collectors.toSet());

  private final List<String> dockerfile = lines(Path.of("Dockerfile"));
  private final JsonNode task = task();
  private final JsonNode container = task.at("/containerDefinitions/0");
  private final Map<String, List<String>> unit = unit();

  private static List<String> lines(Path file) {
    try {
      return Files.readString(file).replace("\\\n", " ").lines().map(String::strip).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode task() {
    try {
      return new JsonMapper().readTree(FOLDER.resolve("ecs-task-definition.json").toFile());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, List<String>> unit() {
    var values = new HashMap<String, List<String>>();
    for (String line : lines(FOLDER.resolve("sluice-consumer.service"))) {
      if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith("[")) {
        String[] parts = line.split("=", 2);
        assertThat(parts).as(line).hasSize(2);
        values.computeIfAbsent(parts[0], key -> new ArrayList<>()).add(parts[1]);
      }
    }
    return values;
  }

  private String instruction(String name) {
    List<String> found = dockerfile.stream().filter(line -> line.startsWith(name + ' ')).toList();
    assertThat(found).as(name).hasSize(1);
    return found.get(0).substring(name.length() + 1).strip();
  }

  private static List<String> strings(JsonNode array) {
    var strings = new ArrayList<String>();
    array.forEach(each -> strings.add(each.asText()));
    return strings;
  }

  private Map<String, String> dockerEnvironment() {
    var values = new LinkedHashMap<String, String>();
    Matcher pairs = Pattern.compile("(\\w+)=(\\S+)").matcher(instruction("ENV"));
    while (pairs.find()) {
      values.put(pairs.group(1), pairs.group(2));
    }
    return values;
  }

  private Map<String, String> taskEnvironment() {
    var values = new LinkedHashMap<String, String>();
    container
        .get("environment")
        .forEach(each -> values.put(each.get("name").asText(), each.get("value").asText()));
    return values;
  }

  private static Map<String, String> unitEnvironment() {
    var values = new LinkedHashMap<String, String>();
    for (String line : lines(FOLDER.resolve("consumer.env"))) {
      if (!line.startsWith("#")) {
        String[] parts = line.split("=", 2);
        values.put(parts[0], parts[1]);
      }
    }
    return values;
  }

  @Test
  void everyVariableIsASettingThatTheCodeReads() {
    for (Map<String, String> values :
        List.of(dockerEnvironment(), taskEnvironment(), unitEnvironment())) {
      assertThat(values.keySet())
          .isNotEmpty()
          .allMatch(key -> KEYS.contains(key) || SDK_KEYS.contains(key));
    }
  }

  @Test
  void bothEnvironmentsAreSettingsOfAConsumer() {
    for (Map<String, String> values : List.of(taskEnvironment(), unitEnvironment())) {
      ConsumerSettings settings = ConsumerSettings.from(new Settings(values::get));
      assertThat(settings.databases().city()).isPresent();
      assertThat(settings.httpPort()).isEqualTo(8080);
    }
  }

  @Test
  void portsAgreeAndAnswerWhereTheyAreAsked() {
    String port = dockerEnvironment().get("HTTP_PORT");
    assertThat(instruction("EXPOSE")).isEqualTo(port);
    assertThat(taskEnvironment()).containsEntry("HTTP_PORT", port);
    assertThat(container.at("/portMappings/0/containerPort").asText()).isEqualTo(port);
    assertThat(dockerEnvironment()).containsEntry("HTTP_HOST", "0.0.0.0");
    assertThat(taskEnvironment()).containsEntry("HTTP_HOST", "0.0.0.0");
  }

  @Test
  void whoeverStopsItWaitsLongerThanItTakes() {
    Duration longest = ConsumerSettings.MAX_SHUTDOWN_GRACE.plusSeconds(1);
    assertThat(Duration.ofSeconds(container.get("stopTimeout").asLong()))
        .isGreaterThanOrEqualTo(longest)
        .isEqualTo(Duration.ofSeconds(120)); // the most that Fargate allows
    assertThat(Duration.ofSeconds(Long.parseLong(unit.get("TimeoutStopSec").get(0))))
        .isGreaterThanOrEqualTo(longest);
    assertThat(instruction("STOPSIGNAL")).isEqualTo("SIGTERM");
    assertThat(unit.get("KillSignal")).containsExactly("SIGTERM");
  }

  @Test
  void javaIsTheFirstProcessAndNobodyIsRoot() throws IOException {
    List<String> entry = strings(new JsonMapper().readTree(instruction("ENTRYPOINT")));
    assertThat(entry.get(0)).isEqualTo("java");
    assertThat(entry).last().isEqualTo(ConsumerMain.class.getName());
    assertThat(instruction("USER")).matches("[1-9]\\d*:[1-9]\\d*");
    assertThat(container.get("user").asText()).isEqualTo(instruction("USER"));
    assertThat(container.at("/linuxParameters/initProcessEnabled").asBoolean(true)).isFalse();
    assertThat(container.get("readonlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.has("entryPoint") || container.has("command")).isFalse();
    assertThat(unit.get("ExecStart").get(0))
        .startsWith("/usr/bin/java @/opt/sluice-consumer/conf/jvm.options ")
        .endsWith(' ' + ConsumerMain.class.getName());
  }

  @Test
  void onlyTheTemporaryFolderIsWritten() {
    assertThat(instruction("VOLUME")).isEqualTo("[\"/tmp\"]");
    assertThat(container.at("/mountPoints/0/containerPath").asText()).isEqualTo("/tmp");
    assertThat(container.at("/mountPoints/0/sourceVolume").asText())
        .isEqualTo(task.at("/volumes/0/name").asText());
    assertThat(lines(FOLDER.resolve("jvm.options"))).contains("-Djava.io.tmpdir=/tmp");
    assertThat(unit.get("PrivateTmp")).containsExactly("yes");
    assertThat(unit.get("ProtectSystem")).containsExactly("strict");
  }

  @Test
  void healthIsAskedForInTheSameWayEverywhere() throws IOException {
    String check = instruction("HEALTHCHECK");
    List<String> image =
        strings(new JsonMapper().readTree(check.substring(check.indexOf("CMD ") + 4)));
    List<String> ecs = strings(container.at("/healthCheck/command"));
    assertThat(ecs.get(0)).isEqualTo("CMD");
    assertThat(ecs.subList(1, ecs.size())).isEqualTo(image);
    assertThat(image).last().isEqualTo(HealthProbe.class.getName());
  }

  @Test
  void wrongSettingsAreNotTriedAgain() {
    assertThat(unit.get("Restart")).containsExactly("on-failure");
    assertThat(unit.get("RestartPreventExitStatus"))
        .containsExactly(Integer.toString(ConsumerApplication.EXIT_USAGE));
  }

  @Test
  void theHeapFitsIntoWhatTheProcessMayHave() {
    List<String> options = lines(FOLDER.resolve("jvm.options"));
    assertThat(options).contains("-Xmx512m", "-XX:+ExitOnOutOfMemoryError");
    int most =
        options.stream()
            .map(Pattern.compile("(?:-Xmx|Size=|MemorySize=)(\\d+)m")::matcher)
            .filter(Matcher::find)
            .mapToInt(match -> Integer.parseInt(match.group(1)))
            .sum();
    assertThat(most).isBetween(512, 1024);
    assertThat(unit.get("MemoryMax")).containsExactly("1G");
    assertThat(container.get("memory").asInt()).isGreaterThanOrEqualTo(1024);
  }
}
