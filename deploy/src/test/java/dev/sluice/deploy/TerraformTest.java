package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The front of Terraform. What can be told without AWS's provider: what it names is there, it knows
 * every stack, its form is Terraform's, and its part that checks parameters is run.
 */
class TerraformTest {
  private static final Path FRONT = Path.of("terraform");
  private static final long MOST_SECONDS = 120;
  private static final String MISSING = "skipped: there is no terraform on the PATH";

  private static String text(String... files) throws IOException {
    var text = new StringBuilder();
    for (String file : files) {
      text.append(Files.readString(FRONT.resolve(file))).append('\n');
    }
    return text.toString();
  }

  private static Set<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
  }

  @Test
  void whatIsReferredToIsDeclaredAndWhatIsDeclaredIsUsed() throws IOException {
    assertThat(problems(text("main.tf", "variables.tf", "outputs.tf", "versions.tf"))).isEmpty();
    assertThat(problems(text("parameters/main.tf"))).isEmpty();

    assertThat(
            problems(text("variables.tf") + text("main.tf").replace("var.fan_out", "var.fanout")))
        .containsExactlyInAnyOrder("var.fanout is not declared", "var.fan_out is used by nothing");
    assertThat(problems(text("parameters/main.tf").replaceFirst("}\n", "\n")))
        .contains("{ and } do not fit each other");
  }

  private static List<String> problems(String text) {
    var problems = new ArrayList<String>();
    compare("var.", found("var\\.(\\w+)", text), found("variable \"(\\w+)\"", text), problems);
    Set<String> locals =
        found(
            "(?m)^  (\\w+) +=",
            text.replaceAll("(?s)\n(variable|output|resource|data|module) .*?\n}", "\n"));
    found("local\\.(\\w+)", text).stream()
        .filter(name -> !locals.contains(name))
        .forEach(name -> problems.add("local." + name + " is not declared"));
    String code = text.replaceAll("#.*", "");
    for (String pair : List.of("{}", "[]", "()")) {
      long opened = code.chars().filter(c -> c == pair.charAt(0)).count();
      long closed = code.chars().filter(c -> c == pair.charAt(1)).count();
      if (opened != closed) {
        problems.add(pair.charAt(0) + " and " + pair.charAt(1) + " do not fit each other");
      }
    }
    return problems;
  }

  private static void compare(
      String prefix, Collection<String> used, Collection<String> declared, List<String> problems) {
    used.stream()
        .filter(name -> !declared.contains(name))
        .forEach(name -> problems.add(prefix + name + " is not declared"));
    declared.stream()
        .filter(name -> !used.contains(name))
        .forEach(name -> problems.add(prefix + name + " is used by nothing"));
  }

  @Test
  void everyStackHasItsVariableItsTemplateAndItsPackage() throws IOException {
    String main = text("main.tf");
    String script = Files.readString(Path.of("deploy"));
    for (String template : Committed.templates().keySet()) {
      String stack = template.replace("sluice-", "");
      String variable = stack.replace('-', '_');
      assertThat(text("variables.tf")).contains("variable \"" + variable + "\"");
      assertThat(main).containsPattern(" +" + stack + " += \\{ given = var\\." + variable);
    }
    Set<String> packages = found("package = \"([^\"]+)\"", main);
    assertThat(packages).hasSize(Committed.templates().size());
    for (String file : packages) {
      Path module = Committed.ROOT.resolve(file).getParent().getParent();
      assertThat(module.resolve("pom.xml")).exists();
      String zip = Path.of(file).getFileName().toString();
      String description = Committed.templates().values().toString();
      assertThat(description).contains("Key of " + zip + " in that bucket");
      assertThat(script).contains(zip.replaceAll("functions-.*", "functions-\\$stack.zip"));
    }
    for (String file : found("\\$\\{local\\.root}/deploy/([\\w-]+)\"", main)) {
      assertThat(Files.isExecutable(Path.of(file))).as(file).isTrue();
    }
  }

  @Test
  void itsFormIsTerraforms() throws Exception {
    assumeTrue(terraformIsHere(), MISSING);

    assertThat(terraform(FRONT, "fmt", "-check", "-diff", "-recursive", "-no-color")).isEmpty();
  }

  @Test
  void itNamesWrongParametersAsTheScriptDoes(@TempDir Path folder) throws Exception {
    assumeTrue(terraformIsHere(), MISSING);
    Files.createDirectory(folder.resolve("parameters"));
    Files.copy(
        FRONT.resolve("parameters/main.tf"), folder.resolve("parameters").resolve("main.tf"));
    String right = "UploadBucketName = \"my-uploads\", ArtifactBucket = \"my-artifacts\"";
    Files.writeString(
        folder.resolve("main.tf"),
        """
        module "right" {
          source   = "%1$s"
          template = "%2$s"
          given    = { %3$s, ArtifactKey = "a.zip", LogRetentionDays = "30", TextToLog = "false" }
        }
        module "wrong" {
          source   = "%1$s"
          template = "%2$s"
          given    = { %3$s, Timeout = "61", MemorySize = "lots", WebTasks = "21", WebImage = "nginx", Web = "x" }
        }
        output "right" { value = module.right.problems }
        output "wrong" { value = module.wrong.problems }
        """
            .formatted(
                "./parameters", Path.of("templates/sluice-files.json").toAbsolutePath(), right));
    terraform(folder, "init", "-no-color", "-input=false");
    terraform(folder, "apply", "-no-color", "-input=false", "-auto-approve");

    JsonNode outputs = new JsonMapper().readTree(terraform(folder, "output", "-no-color", "-json"));

    assertThat(outputs.at("/right/value")).isEmpty();
    var wrong = new ArrayList<String>();
    outputs.at("/wrong/value").forEach(each -> wrong.add(each.asText()));
    var given = new java.util.LinkedHashMap<String, String>();
    given.put("UploadBucketName", "my-uploads");
    given.put("ArtifactBucket", "my-artifacts");
    given.put("Timeout", "61");
    given.put("MemorySize", "lots");
    given.put("WebTasks", "21");
    given.put("WebImage", "nginx");
    given.put("Web", "x");
    List<String> byScript =
        new TemplateParameters(Committed.template("sluice-files"))
            .problems(given, java.util.Map.of());
    assertThat(wrong).hasSize(6).isSubsetOf(byScript);
  }

  private static boolean terraformIsHere() {
    try {
      return new ProcessBuilder("terraform", "version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String terraform(Path folder, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("terraform"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("terraform", ".out");
    Path errors = Files.createTempFile("terraform", ".errors");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile());
    builder.environment().put("CHECKPOINT_DISABLE", "1");
    Process process = builder.start();
    assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(out);
    assertThat(process.exitValue()).as(said + Files.readString(errors)).isZero();
    Files.delete(out);
    Files.delete(errors);
    return said;
  }
}
