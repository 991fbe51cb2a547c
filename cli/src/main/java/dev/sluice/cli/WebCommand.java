package dev.sluice.cli;

import dev.sluice.cli.settings.CommandKeys;
import dev.sluice.web.WebKey;
import dev.sluice.web.WebMain;
import dev.sluice.web.WebSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./sluice web}: the web application as a process, configured by its environment. */
@Command(
    name = "web",
    description = {
      "Serve the pages: upload files, see what became of them, watch the running pipeline.",
      "Settings come from the environment; docs/settings.md lists them."
    },
    footer = {
      "",
      "Example:",
      "  UPLOAD_BUCKET=uploads OUTPUT_BUCKET=enriched-files ./sluice web --set WEB_PORT=8080",
      "",
      "Exit code: 0 stopped by SIGINT or SIGTERM in order; 1 cannot serve; 2 wrong settings."
    })
final class WebCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties file with these keys; it beats the environment.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set one of these keys, also against --config. Can be repeated.")
  private List<String> assignments = List.of();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    var keys =
        new CommandKeys(
            WebSettings.keys().stream().map(WebKey::name).toList(), "the web application");
    if (config != null) {
      keys.addFile(config);
    }
    assignments.forEach(keys::addAssignment);
    return WebMain.run(
        keys.over(System::getenv),
        line -> {
          err.println(spec.qualifiedName() + ": " + line);
          err.flush();
        });
  }
}
