package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The page that lists the parameters of all stacks, out of their templates. */
final class ParameterPage {
  private static final String HEAD =
      """
      # Parameters of the stacks

      For whoever deploys one: `--param NAME=VALUE` of `deploy/deploy`, `--parameters STACK:NAME=VALUE` of the CDK, a member of the stack's
      variable in Terraform. One without default has to be given. `make templates` writes this page out of the templates. Those of the
      stack `sluice-monitoring` are in [docs/operate.md](../docs/operate.md).
      """;

  private ParameterPage() {}

  /**
   * @param templates by name, in the order of the page
   */
  static String of(Map<String, ? extends JsonNode> templates) {
    var page = new StringBuilder(HEAD);
    templates.forEach(
        (name, template) -> {
          page.append("\n## ").append(name).append("\n\n");
          page.append(template.path("Description").asText()).append("\n\n");
          page.append("| parameter | default | expected | |\n|---|---|---|---|\n");
          template.path("Parameters").properties().forEach(p -> page.append(row(p)));
        });
    return page.toString();
  }

  private static String row(Map.Entry<String, JsonNode> parameter) {
    JsonNode declared = parameter.getValue();
    String value = declared.path("Default").asText();
    String expected =
        declared
            .path("ConstraintDescription")
            .asText()
            .replace(parameter.getKey() + ": expected ", "");
    return String.format(
        "| `%s` | %s | %s | %s |%n",
        parameter.getKey(),
        declared.has("Default") ? value.isEmpty() ? "empty" : '`' + value + '`' : "**needed**",
        expected,
        declared.path("Description").asText());
  }
}
