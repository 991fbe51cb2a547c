package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.dashboards.template.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes the committed templates and the page of their parameters anew: {@code make templates}. */
public final class WriteTemplates {
  private WriteTemplates() {}

  /** Text of each template by its file's name. */
  static Map<String, String> texts() {
    Map<String, String> texts = Templates.synthesize(Stacks::addTo);
    texts.replaceAll((file, text) -> TemplateText.layOut(text));
    return texts;
  }

  /**
   * @param args the folder of the module; templates go into its folder templates
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Map<String, String> texts = texts();
    Templates.write(texts, folder.resolve("templates"));
    var mapper = new JsonMapper();
    var templates = new TreeMap<String, JsonNode>();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      templates.put(text.getKey().replace(".json", ""), mapper.readTree(text.getValue()));
    }
    Files.writeString(folder.resolve("parameters.md"), ParameterPage.of(templates));
  }
}
