package dev.sluice.dashboards.template;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.cxapi.CloudFormationStackArtifact;

/**
 * The templates that a program of the CDK makes: as text, so that the committed ones can be
 * compared with them. Making them starts Node; reading the committed ones does not.
 */
public final class Templates {
  // Paths of constructs in the metadata would be noise in the committed files.
  private static final Map<String, Object> CONTEXT =
      Map.of(
          "aws:cdk:disable-asset-staging-context", true,
          "aws:cdk:enable-path-metadata", false,
          "aws:cdk:enable-asset-metadata", false);

  private Templates() {}

  /**
   * Text of each template by its file's name, the same bytes for the same program.
   *
   * @param stacks adds the stacks to the app
   */
  public static Map<String, String> synthesize(Consumer<App> stacks) {
    Path assembly;
    try {
      assembly = Files.createTempDirectory("sluice-templates");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      var app =
          new App(
              AppProps.builder()
                  .outdir(assembly.toString())
                  .analyticsReporting(false)
                  .treeMetadata(false)
                  .context(CONTEXT)
                  .build());
      stacks.accept(app);
      var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      var texts = new TreeMap<String, String>();
      for (CloudFormationStackArtifact stack : app.synth().getStacks()) {
        texts.put(
            stack.getStackName() + ".json", mapper.writeValueAsString(stack.getTemplate()) + "\n");
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      remove(assembly);
    }
  }

  /** Writes each template into a folder. */
  public static void write(Map<String, String> templates, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> template : templates.entrySet()) {
      Files.writeString(
          folder.resolve(template.getKey()), template.getValue(), StandardCharsets.UTF_8);
    }
  }

  private static void remove(Path folder) {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
