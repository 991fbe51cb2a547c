package dev.sluice.deploy;

import dev.sluice.dashboards.template.Templates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Writes the committed templates anew: {@code make templates}. */
public final class WriteTemplates {
  private WriteTemplates() {}

  /** Text of each template by its file's name. */
  static Map<String, String> texts() {
    Map<String, String> texts = Templates.synthesize(Stacks::addTo);
    texts.replaceAll((file, text) -> TemplateText.layOut(text));
    return texts;
  }

  /**
   * @param args the folder
   */
  public static void main(String[] args) throws IOException {
    Templates.write(texts(), Path.of(args[0]));
  }
}
