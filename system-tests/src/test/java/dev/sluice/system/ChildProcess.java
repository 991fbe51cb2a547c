package dev.sluice.system;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/**
 * A JVM of its own with the class path of the tests. What it prints lies in files below {@code
 * target/}. It inherits nothing from the environment that could change what it does.
 */
public final class ChildProcess implements AutoCloseable {
  /** Bound of every wait for a child; none of them is a measurement. */
  static final Duration MAX_WAIT = Duration.ofMinutes(3);

  /** Small and quick to start: a test has no use for what the second compiler finds out. */
  static final List<String> OPTIONS =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Dsun.net.httpserver.nodelay=true",
          "-Dsluice.home=..");

  private static final Duration POLL = Duration.ofMillis(250);

  private final Process process;
  private final Path out;
  private final Path err;

  private ChildProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts a main class.
   *
   * @param folder takes the files {@code <name>.out} and {@code <name>.err}
   */
  public static ChildProcess start(
      Path folder, String name, Map<String, String> environment, String main, String... arguments) {
    return start(List.of(), folder, name, environment, main, arguments);
  }

  /**
   * Starts a main class through another command.
   *
   * @param before a command that becomes the one that is appended to it
   */
  static ChildProcess start(
      List<String> before,
      Path folder,
      String name,
      Map<String, String> environment,
      String main,
      String... arguments) {
    var command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    ClassArchive classes = ClassArchive.get();
    command.addAll(classes.options());
    command.addAll(List.of("-cp", classes.classPath(), main));
    command.addAll(List.of(arguments));
    Path out = folder.resolve(name + ".out");
    Path err = folder.resolve(name + ".err");
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(ChildProcess::isHint);
    builder.environment().putAll(environment);
    try {
      Files.createDirectories(folder);
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      return new ChildProcess(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Variables that the SDK or the JVM would listen to, in either case of letters. */
  static boolean isHint(String variable) {
    String name = variable.toUpperCase(Locale.ROOT);
    return name.startsWith("AWS_")
        || name.endsWith("_PROXY")
        || name.equals("JAVA_TOOL_OPTIONS")
        || name.equals("JDK_JAVA_OPTIONS")
        || name.equals("_JAVA_OPTIONS");
  }

  /** Waits until the condition holds; fails loudly when the process ends before. */
  public void await(String what, BooleanSupplier condition) {
    Awaitility.await(what)
        .atMost(MAX_WAIT)
        .pollInterval(POLL)
        .failFast(() -> requireAlive(what))
        .until(condition::getAsBoolean);
  }

  /** Waits until the condition holds, or the process has ended; false if it ended. */
  boolean awaitUnlessEnded(String what, BooleanSupplier condition) {
    Awaitility.await(what)
        .atMost(MAX_WAIT)
        .pollInterval(POLL)
        .until(() -> condition.getAsBoolean() || !process.isAlive());
    return condition.getAsBoolean();
  }

  private void requireAlive(String what) {
    if (!process.isAlive()) {
      fail("ended with %d while waiting: %s%n%s", process.exitValue(), what, printed());
    }
  }

  /** SIGKILL, and waits until the process is gone. */
  void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** SIGTERM; returns at once. */
  public void terminate() {
    process.destroy();
  }

  /** SIGINT, which Java itself cannot send. */
  void interrupt() {
    signal("INT");
  }

  /** SIGSTOP: it stands still, and does not know. */
  void freeze() {
    signal("STOP");
  }

  /** SIGCONT. */
  void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets the process run; fails loudly when it ends before. */
  void letRun(Duration moment) {
    waitFor(moment);
    requireAlive("let run for " + moment);
  }

  long pid() {
    return process.pid();
  }

  /** Waits for the end of the process. */
  public int exitCode() {
    if (!waitFor(MAX_WAIT)) {
      fail("did not end within %s%n%s", MAX_WAIT, printed());
    }
    return process.exitValue();
  }

  private boolean waitFor(Duration atMost) {
    try {
      return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public String out() {
    return read(out);
  }

  public String err() {
    return read(err);
  }

  /** Everything it printed, for the message of a failed test. */
  public String printed() {
    return out + ":\n" + out() + "\n" + err + ":\n" + err();
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    waitFor(MAX_WAIT);
  }
}
