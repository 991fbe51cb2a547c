package dev.sluice.local.lambda;

import dev.sluice.local.LocalAccount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A function as it would be created in Lambda.
 *
 * @param name part of its ARN
 * @param handler {@code package.Class::method}
 * @param code the package: a zip, or a folder with the same content (classes, and jars in lib/)
 * @param memoryMib 128 to 10,240; the heap gets 85 % of it, as in the service's Java runtimes
 * @param timeout how long an invocation may take, at most 15 minutes
 * @param environment variables of the function, beside those that Lambda sets
 * @param jvmOptions further options of its JVM, such as another heap; the last one wins
 */
public record LambdaFunction(
    String name,
    String handler,
    Path code,
    int memoryMib,
    Duration timeout,
    Map<String, String> environment,
    List<String> jvmOptions) {

  /** Lambda quotas: memory and timeout. */
  private static final int MEMORY_MIB_MIN = 128;

  private static final int MEMORY_MIB_MAX = 10_240;
  private static final Duration TIMEOUT_MAX = Duration.ofMinutes(15);
  private static final int DEFAULT_MEMORY_MIB = 512;
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  public LambdaFunction {
    Objects.requireNonNull(handler, "handler");
    Objects.requireNonNull(code, "code");
    if (!name.matches("[a-zA-Z0-9-_]{1,64}")) {
      throw new IllegalArgumentException("no function name: " + name);
    }
    if (memoryMib < MEMORY_MIB_MIN || memoryMib > MEMORY_MIB_MAX) {
      throw new IllegalArgumentException("memoryMib out of range: " + memoryMib);
    }
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(TIMEOUT_MAX) > 0) {
      throw new IllegalArgumentException("timeout out of range: " + timeout);
    }
    environment = Map.copyOf(environment);
    jvmOptions = List.copyOf(jvmOptions);
  }

  /** 512 MiB, 60 seconds, no environment. */
  public static LambdaFunction of(String name, String handler, Path code) {
    return new LambdaFunction(
        name, handler, code, DEFAULT_MEMORY_MIB, DEFAULT_TIMEOUT, Map.of(), List.of());
  }

  public LambdaFunction withMemoryMib(int changed) {
    return new LambdaFunction(name, handler, code, changed, timeout, environment, jvmOptions);
  }

  public LambdaFunction withTimeout(Duration changed) {
    return new LambdaFunction(name, handler, code, memoryMib, changed, environment, jvmOptions);
  }

  public LambdaFunction withEnvironment(Map<String, String> changed) {
    return new LambdaFunction(name, handler, code, memoryMib, timeout, changed, jvmOptions);
  }

  public LambdaFunction withJvmOptions(String... changed) {
    return new LambdaFunction(
        name, handler, code, memoryMib, timeout, environment, List.of(changed));
  }

  public String arn() {
    return "arn:aws:lambda:" + LocalAccount.REGION + ":" + LocalAccount.ID + ":function:" + name;
  }
}
