package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What holds for every committed template: all it refers to is there, all it declares is used, no
 * {@code *} without a reason, every variable is a setting. Each check is shown a template that was
 * spoilt on purpose, and has to name the place.
 */
class TemplatesAreSoundTest {
  @Test
  void thereIsOneForEachStack() {
    assertThat(Committed.templates()).containsOnlyKeys(Variants.all().keySet());
  }

  @Test
  void allThatIsReferredToIsThereAndAllThatIsDeclaredIsUsed() {
    Committed.ofBothModules()
        .forEach((name, template) -> assertThat(References.problems(template)).as(name).isEmpty());
  }

  @Test
  void aMissingResourceAndAParameterOfNobodyAreCaught() {
    ObjectNode template =
        Committed.changed(
            "sluice-windows",
            t -> {
              ((ObjectNode) t.get("Resources")).remove("Results");
              ((ObjectNode) t.get("Parameters")).putObject("Surplus").put("Type", "String");
              ((ObjectNode) t.get("Conditions")).remove("HasLayers");
              ((ObjectNode) t.at("/Resources/WindowsLog")).putArray("DependsOn").add("Windows");
            });

    assertThat(References.problems(template))
        .anyMatch(p -> p.startsWith("Resources.Windows.") && p.endsWith("there is no Results"))
        .anyMatch(p -> p.startsWith("Resources.Windows.") && p.contains("HasLayers among"))
        .contains("Parameters.Surplus: nothing refers to it")
        .anyMatch(p -> p.contains("waits for itself, by ") && p.contains("WindowsLog"));
  }

  @Test
  void noPolicyHasAWildcardWithoutAReason() {
    Committed.ofBothModules()
        .forEach((name, template) -> assertThat(Policies.problems(template)).as(name).isEmpty());
  }

  @Test
  void aWildcardAndAReasonForNothingAreCaught() {
    ObjectNode template =
        Committed.changed(
            "sluice-tweets",
            t -> {
              ObjectNode statement = statement(t, "FunctionRole", "KeepTweets");
              statement.put("Action", "dynamodb:*");
              ObjectNode media = statement(t, "FunctionRole", "KeepPhotos");
              media.put("Resource", "arn:aws:s3:::photos");
            });

    assertThat(Policies.problems(template))
        .containsExactlyInAnyOrder(
            "FunctionRole.KeepTweets: * in Action, and Metadata.Wildcards gives no reason",
            "FunctionRole.KeepPhotos: a reason, and no *");
  }

  private static ObjectNode statement(JsonNode template, String role, String sid) {
    JsonNode statements =
        Committed.properties(template, role).at("/Policies/0/PolicyDocument/Statement");
    for (JsonNode statement : statements) {
      if (statement.path("Sid").asText().equals(sid)) {
        return (ObjectNode) statement;
      }
    }
    throw new AssertionError(role + " has no " + sid);
  }

  @Test
  void everyVariableIsASettingAndAllThatIsRequiredIsSet() {
    Committed.templates()
        .forEach(
            (name, template) ->
                assertThat(Environments.problems(name, template, SettingsPage.lines()))
                    .as(name)
                    .isEmpty());
  }

  @Test
  void aMisspeltAMissingAndAWrongVariableAreCaught() {
    ObjectNode template =
        Committed.changed(
            "sluice-pipeline",
            t -> {
              ObjectNode variables =
                  (ObjectNode) Committed.properties(t, "Transform").at("/Environment/Variables");
              variables.put("LOG_FORMATS", "auto");
              variables.put("REJECTS", "dead-letters");
              variables.remove("REFERENCE_KEY");
              ObjectNode container =
                  (ObjectNode)
                      Committed.properties(t, "ConsumerTask").at("/ContainerDefinitions/0");
              var kept = container.putArray("Environment");
              kept.addObject().put("Name", "STREAM_NAME").put("Value", "s");
            });

    assertThat(Environments.problems("sluice-pipeline", template, SettingsPage.lines()))
        .contains("Transform.LOG_FORMATS: no setting of it")
        .anyMatch(p -> p.startsWith("Transform.REJECTS: is dead-letters, expected fail"))
        .anyMatch(p -> p.startsWith("Transform.REFERENCE_KEY: is not set"))
        .anyMatch(p -> p.startsWith("ConsumerTask.APPLICATION_NAME: is not set"))
        .anyMatch(p -> p.startsWith("ConsumerTask.OUTPUT_BUCKET: is not set"));
  }

  @Test
  void aSettingThatTheCodeReadsNoMoreIsCaught() {
    List<String> page =
        SettingsPage.lines().stream().filter(line -> !line.startsWith("| `MASK` ")).toList();

    assertThat(Environments.problems("sluice-fan-out", Committed.template("sluice-fan-out"), page))
        .contains("EnrichFunction.MASK: no setting of it");
  }

  /** A parameter that passes a setting on has the setting's default, or leaves it to the code. */
  @Test
  void defaultsAreThoseOfTheSettings() {
    Map<String, SettingsPage.Setting> settings =
        SettingsPage.of("dev.sluice.functions.fanout.FanOutHandler").settings();
    JsonNode parameters = Committed.template("sluice-fan-out").get("Parameters");
    var compared = new ArrayList<String>();
    settings.forEach(
        (key, setting) -> {
          JsonNode parameter = parameters.path(EnricherParameters.parameterOf(key));
          if (parameter.has("Default") && !parameter.get("Default").asText().isEmpty()) {
            assertThat(parameter.get("Default").asText()).as(key).isEqualTo(setting.defaultValue());
            compared.add(key);
          }
        });
    assertThat(compared).contains("LOG_FORMAT", "SAMPLE", "ALERT_RULES", "METRICS_TOP");
  }

  @Test
  void everyHandlerIsAMethodOfTheSources() throws Exception {
    for (JsonNode template : Committed.templates().values()) {
      for (JsonNode resource : template.get("Resources")) {
        String handler = resource.path("Properties").path("Handler").asText();
        if (!handler.isEmpty()) {
          assertThat(handlerProblem(handler)).as(handler).isEmpty();
        }
      }
    }
    assertThat(handlerProblem("dev.sluice.files.FileHandler::handleRequest")).contains("no source");
    assertThat(handlerProblem("dev.sluice.files.FilesHandler::handle")).contains("no method");
  }

  @Test
  void functionsRunOnTheRuntimesAndProcessorsThatPackagesAreFor() {
    Committed.templates()
        .forEach(
            (name, template) -> {
              assertThat(template.at("/Parameters/Runtime/AllowedValues").toString())
                  .as(name)
                  .isEqualTo("[\"java17\",\"java21\",\"java25\"]");
              assertThat(template.at("/Parameters/Architecture/AllowedValues").toString())
                  .as(name)
                  .isEqualTo("[\"arm64\",\"x86_64\"]");
            });
  }

  private static String handlerProblem(String handler) throws java.io.IOException {
    String[] parts = handler.split("::");
    String file = parts[0].replace('.', '/') + ".java";
    for (Path module : modules()) {
      Path source = module.resolve("src/main/java").resolve(file);
      if (Files.exists(source)) {
        boolean there =
            Files.readString(source, StandardCharsets.UTF_8)
                .matches("(?s).*public (synchronized )?\\w+ " + parts[1] + "\\(.*");
        return there ? "" : "no method " + parts[1];
      }
    }
    return "no source " + file;
  }

  private static List<Path> modules() {
    return List.of(
        Committed.ROOT.resolve("firehose-transform"),
        Committed.ROOT.resolve("functions/files"),
        Committed.ROOT.resolve("functions/fan-out"),
        Committed.ROOT.resolve("functions/registrations"),
        Committed.ROOT.resolve("functions/tweets"),
        Committed.ROOT.resolve("functions/windows"));
  }

  /** CloudFormation, "Rules": no conditions and no Fn::If in them. */
  @Test
  void rulesSpeakOfParametersAlone() {
    Committed.templates()
        .forEach(
            (name, template) ->
                assertThat(template.path("Rules").toString())
                    .as(name)
                    .doesNotContain("\"Condition\":", "Fn::If", "Fn::Join", "Fn::GetAtt"));
  }

  @Test
  void everyTemplateFitsIntoACall() throws Exception {
    try (var files = Files.list(Committed.TEMPLATES)) {
      assertThat(files.toList())
          .isNotEmpty()
          .allMatch(file -> file.toFile().length() <= TemplateText.MAX_BYTES);
    }
    Committed.templates()
        .forEach(
            (name, template) -> {
              assertThat(template.get("Resources").size()).as(name).isLessThanOrEqualTo(500);
              assertThat(template.get("Parameters").size()).as(name).isLessThanOrEqualTo(200);
              assertThat(template.has("BootstrapVersion")).isFalse();
              assertThat(template.toString()).doesNotContain("Custom::", "cdk-", "CDKMetadata");
            });
  }
}
