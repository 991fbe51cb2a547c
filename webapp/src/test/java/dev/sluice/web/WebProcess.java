package dev.sluice.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@link WebMain} in a JVM of its own, with the class path of the tests. */
final class WebProcess implements AutoCloseable {

  private static final int MAX_SECONDS = 120;
  private static final String ADDRESS = "the pages are at ";

  private final Process process;
  private final BufferedReader out;
  private final List<String> lines = new ArrayList<>();

  private WebProcess(Process process) {
    this.process = process;
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static WebProcess start(Map<String, String> environment, String... jvmOptions)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), WebMain.class.getName()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(WebProcess::isHint);
    builder.environment().putAll(environment);
    return new WebProcess(builder.start());
  }

  /** Variables that the SDK or the JVM would listen to. */
  private static boolean isHint(String variable) {
    String name = variable.toUpperCase(Locale.ROOT);
    return name.startsWith("AWS_")
        || name.endsWith("_PROXY")
        || name.equals("JAVA_TOOL_OPTIONS")
        || name.equals("JDK_JAVA_OPTIONS");
  }

  /** Waits until it says where the pages are. */
  URI awaitAddress() throws IOException {
    String line;
    while ((line = out.readLine()) != null) {
      lines.add(line);
      if (line.startsWith(ADDRESS)) {
        return URI.create(line.substring(ADDRESS.length()));
      }
    }
    throw new IllegalStateException("it ended: " + lines);
  }

  /** SIGTERM. */
  void terminate() {
    process.toHandle().destroy(); // without closing what it still prints
  }

  /** Waits for its end, and tells what it has printed. */
  List<String> awaitEnd() throws IOException, InterruptedException {
    String line;
    while ((line = out.readLine()) != null) {
      lines.add(line);
    }
    if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not end: " + lines);
    }
    return lines;
  }

  int exitCode() {
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
