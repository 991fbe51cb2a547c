package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The committed templates, by the name of their stack; each asked for is a copy of its own. */
final class Committed {
  static final Path ROOT = Path.of("..");
  static final Path TEMPLATES = Path.of("templates");

  private static final JsonMapper MAPPER = new JsonMapper();

  private Committed() {}

  static Map<String, ObjectNode> templates() {
    var templates = new TreeMap<String, ObjectNode>();
    addAll(templates, TEMPLATES);
    return templates;
  }

  /** Those of the module dashboards, too. */
  static Map<String, ObjectNode> ofBothModules() {
    var templates = new TreeMap<>(templates());
    addAll(templates, ROOT.resolve("dashboards").resolve("templates"));
    return templates;
  }

  private static void addAll(Map<String, ObjectNode> templates, Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        String name = file.getFileName().toString().replace(".json", "");
        templates.put(name, (ObjectNode) MAPPER.readTree(file.toFile()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode template(String name) {
    return templates().get(name);
  }

  /** A copy in which something was changed on purpose. */
  static ObjectNode changed(String name, Consumer<ObjectNode> change) {
    ObjectNode template = template(name);
    change.accept(template);
    return template;
  }

  static ObjectNode properties(JsonNode template, String resource) {
    return (ObjectNode) template.get("Resources").get(resource).get("Properties");
  }
}
