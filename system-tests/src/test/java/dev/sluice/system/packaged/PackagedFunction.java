package dev.sluice.system.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.lambda.LambdaAnswer;
import dev.sluice.local.lambda.LambdaFunction;
import dev.sluice.local.lambda.LocalLambda;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;

/** The zip, with 512 MiB, and what it has logged. */
final class PackagedFunction implements AutoCloseable {

  static final Path SAMPLES = Path.of("..", "samples").toAbsolutePath().normalize();

  private static final Path ZIP =
      Path.of("..", "firehose-transform", "target", "firehose-transform.zip");
  private static final String HANDLER =
      "dev.sluice.firehose.FirehoseTransformHandler::handleRequest";
  private static final int MEMORY_MIB = 512;

  private final ConcurrentLinkedQueue<String> log;
  private final LocalLambda lambda;

  private PackagedFunction(LocalLambda lambda, ConcurrentLinkedQueue<String> log) {
    this.lambda = lambda;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param environment its settings, and what the AWS SDK in it is to know
   */
  static PackagedFunction start(Map<String, String> environment, String... jvmOptions) {
    return start("firehose-transform", ZIP, HANDLER, environment, jvmOptions);
  }

  /**
   * Starts another function.
   *
   * @param module what builds the zip
   */
  static PackagedFunction start(
      String module,
      Path zip,
      String handler,
      Map<String, String> environment,
      String... jvmOptions) {
    assertThat(Files.exists(zip))
        .as("%s: built by mvn -pl %s -am package -DskipTests", zip, module)
        .isTrue();
    var log = new ConcurrentLinkedQueue<String>();
    var function =
        LambdaFunction.of(module.replace('/', '-'), handler, zip)
            .withMemoryMib(MEMORY_MIB)
            .withEnvironment(environment)
            .withJvmOptions(jvmOptions);
    return new PackagedFunction(
        LocalLambda.start(function, InstantSource.system(), RandomGenerator.getDefault(), log::add),
        log);
  }

  LambdaAnswer invoke(byte[] event) {
    return lambda.invoke(event);
  }

  /** Its answers, which are found to keep the contract. */
  TestAnswers answer(TestEvent event) {
    return TestAnswers.of(invoke(event.json()), event);
  }

  LocalLambda lambda() {
    return lambda;
  }

  /** Lines that it has written so far; the newest may still be on their way. */
  List<String> log() {
    return List.copyOf(log);
  }

  @Override
  public void close() {
    lambda.close();
  }
}
