package dev.sluice.local.lambda;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import dev.sluice.local.LocalAccount;
import dev.sluice.local.LocalAwsException;
import dev.sluice.local.Loopback;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * The JVM of a function: AWS's runtime interface client on its class path, the task root as working
 * directory, from which the client loads the function's classes and lib/*.jar, and the environment
 * of a Lambda, with nothing of ours but PATH.
 */
final class RuntimeProcess {

  private static final Duration STOP_TIME = Duration.ofSeconds(5);
  private static final int HEAP_PERCENT = 85;
  private static final int KIB_PER_MIB = 1_024;
  private static final long BYTES_PER_KIB = 1_024;

  /** Line of /proc/PID/status, in KiB (proc_pid_status(5)). */
  private static final String PEAK_RESIDENT = "VmHWM:";

  private static final int LOG_LINE_CHARS_MAX = 1 << 20;

  private final Process process;
  private final Thread logs;

  private RuntimeProcess(Process process, Thread logs) {
    this.process = process;
    this.logs = logs;
  }

  /**
   * @param log is given each line that the function writes, in a thread of its own
   */
  static RuntimeProcess start(
      LambdaFunction function, FunctionFolder folder, int runtimeApiPort, Consumer<String> log) {
    var builder = new ProcessBuilder(command(function, folder));
    builder.directory(folder.taskRoot().toFile());
    builder.redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
    environment.clear();
    environment.putAll(function.environment());
    environment.putAll(reserved(function, folder.taskRoot(), runtimeApiPort));
    environment.putIfAbsent("PATH", path);
    try {
      Process process = builder.start();
      var logs = new Thread(() -> copyLines(process, log), "lambda-" + function.name() + "-log");
      logs.setDaemon(true);
      logs.start();
      return new RuntimeProcess(process, logs);
    } catch (IOException cannotStart) {
      throw new LocalAwsException(
          "The runtime of " + function.name() + " does not start: " + cannotStart.getMessage(),
          cannotStart);
    }
  }

  private static List<String> command(LambdaFunction function, FunctionFolder folder) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Heap, collector and compiler of the service's own Java runtimes from 17 on.
    long heapKib = (long) function.memoryMib() * KIB_PER_MIB * HEAP_PERCENT / 100;
    command.add("-Xmx" + heapKib + "k");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Djava.io.tmpdir=" + folder.temporary());
    command.add(folder.nativeClient());
    command.addAll(function.jvmOptions());
    command.add("-cp");
    command.add(clientClasspath());
    command.add(AWSLambda.class.getName());
    command.add(function.handler());
    return command;
  }

  /** The client and the three libraries that it needs; the function brings the rest. */
  private static String clientClasspath() {
    return Stream.of(
            AWSLambda.class, LambdaLogger.class, PojoSerializer.class, SdkInternalThreadLocal.class)
        .map(RuntimeProcess::origin)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return Path.of(URI.create(source.getLocation().toString())).toString();
  }

  /** What Lambda sets (AWS Lambda, "Defined runtime environment variables"). */
  private static Map<String, String> reserved(
      LambdaFunction function, Path taskRoot, int runtimeApiPort) {
    return Map.ofEntries(
        Map.entry("_HANDLER", function.handler()),
        Map.entry("AWS_LAMBDA_RUNTIME_API", Loopback.HOST + ":" + runtimeApiPort),
        Map.entry("AWS_LAMBDA_FUNCTION_NAME", function.name()),
        Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMib())),
        Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name()),
        Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "local"),
        Map.entry("AWS_REGION", LocalAccount.REGION),
        Map.entry("AWS_DEFAULT_REGION", LocalAccount.REGION),
        Map.entry("LAMBDA_TASK_ROOT", taskRoot.toString()),
        Map.entry("LAMBDA_RUNTIME_DIR", "/var/runtime"),
        Map.entry("LANG", "en_US.UTF-8"),
        Map.entry("TZ", "UTC"));
  }

  private static void copyLines(Process process, Consumer<String> log) {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      var line = new StringBuilder();
      for (int each = lines.read(); each >= 0; each = lines.read()) {
        if (each != '\n') {
          line.append((char) each);
        }
        if (each == '\n' || line.length() == LOG_LINE_CHARS_MAX) {
          log.accept(line.toString());
          line.setLength(0);
        }
      }
      if (!line.isEmpty()) {
        log.accept(line.toString());
      }
    } catch (IOException ended) {
      // the process was stopped while it wrote
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Most memory that the process has had, as Linux tells it. */
  OptionalLong maxResidentBytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith(PEAK_RESIDENT))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * BYTES_PER_KIB)
          .findFirst();
    } catch (IOException | UncheckedIOException notLinuxOrGone) {
      return OptionalLong.empty();
    }
  }

  /** Done with the exit status. */
  CompletableFuture<Integer> ended() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Ends the process, by force when it does not go by itself; returns when it is gone. */
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
      logs.join(STOP_TIME.toMillis());
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** As Lambda ends a runtime that has timed out. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
