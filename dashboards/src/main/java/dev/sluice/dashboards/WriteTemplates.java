package dev.sluice.dashboards;

import dev.sluice.dashboards.monitoring.MonitoringStack;
import dev.sluice.dashboards.template.Templates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Writes the templates of this module: {@code WriteTemplates FOLDER}. Needs Node. */
public final class WriteTemplates {
  private WriteTemplates() {}

  /** Text of each template by its file's name. */
  public static Map<String, String> templates() {
    return Templates.synthesize(MonitoringStack::new);
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: WriteTemplates FOLDER");
      System.exit(2);
    }
    Templates.write(templates(), Path.of(args[0]));
  }
}
