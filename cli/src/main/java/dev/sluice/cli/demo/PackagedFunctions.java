package dev.sluice.cli.demo;

import dev.sluice.cli.CannotRunException;
import dev.sluice.local.LocalAwsException;
import dev.sluice.local.lambda.LambdaFunction;
import dev.sluice.local.lambda.LocalLambda;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The functions of the demo, out of the packages that the build has made. */
final class PackagedFunctions {

  private static final int MEMORY_MIB = 512;

  private final Path home;

  /**
   * @param home the checkout
   */
  PackagedFunctions(Path home) {
    this.home = home;
  }

  /**
   * Starts one; its log is not shown.
   *
   * @param name of its folder below functions/
   * @param environment beside that of the stack
   * @throws CannotRunException when there is no package of it
   */
  LocalLambda start(String name, String handler, DemoStack stack, Map<String, String> environment) {
    return start(name, handler, stack, environment, line -> {});
  }

  /**
   * Starts one.
   *
   * @param log takes each line of its log, from another thread
   * @throws CannotRunException when there is no package of it
   */
  LocalLambda start(
      String name,
      String handler,
      DemoStack stack,
      Map<String, String> environment,
      Consumer<String> log) {
    Path zip = home.resolve("functions/" + name + "/target/functions-" + name + ".zip");
    if (!Files.exists(zip)) {
      throw new CannotRunException(
          "no such package of a function: "
              + zip
              + "; build it with mvn -pl functions/"
              + name
              + " -am package -DskipTests");
    }
    var all = new HashMap<>(stack.aws().environment());
    all.put("METRICS", "off");
    all.putAll(environment);
    try {
      return LocalLambda.start(
          LambdaFunction.of(name, handler, zip).withMemoryMib(MEMORY_MIB).withEnvironment(all),
          InstantSource.system(),
          RandomGenerator.getDefault(),
          log);
    } catch (LocalAwsException cannotStart) {
      throw new CannotRunException(cannotStart.getMessage(), cannotStart);
    }
  }
}
