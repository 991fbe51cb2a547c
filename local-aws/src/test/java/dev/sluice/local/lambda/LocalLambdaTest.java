package dev.sluice.local.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.LocalAwsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AWS's runtime interface client, in a JVM of its own, on a package made of one test class. */
class LocalLambdaTest {

  private static final String HANDLER = ObedientHandler.class.getName() + "::handleRequest";

  @TempDir Path folder;

  private LambdaFunction function() throws IOException {
    return LambdaFunction.of(
        "obedient", HANDLER, FunctionPackage.folder(folder, ObedientHandler.class));
  }

  private static LambdaAnswer ask(LocalLambda lambda, String event) {
    return lambda.invoke(event.getBytes(UTF_8));
  }

  @Test
  void oneRuntimeServesOneInvocationAfterTheOther() throws IOException {
    var lines = new CopyOnWriteArrayList<String>();
    var log = new CompletableFuture<String>();
    try (var lambda =
        LocalLambda.start(
            function(),
            InstantSource.system(),
            RandomGeneratorFactory.of("L64X128MixRandom").create(1),
            line -> {
              lines.add(line);
              if (line.contains("hello")) {
                log.complete(line);
              }
            })) {
      assertThat(lambda.pid()).isEqualTo(-1);
      assertThat(ask(lambda, "bytes é as they are").text()).isEqualTo("bytes é as they are");
      long pid = lambda.pid();
      assertThat(ask(lambda, "count").text()).isEqualTo("2");
      assertThat(ask(lambda, "arn").text())
          .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:obedient");
      String first = ask(lambda, "request").text();
      assertThat(first).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
      assertThat(ask(lambda, "request").text()).isNotEqualTo(first);
      assertThat(ask(lambda, "log hello").succeeded()).isTrue();
      assertThat(log.join()).isEqualTo("hello");
      assertThat(lambda.pid()).isEqualTo(pid);
      assertThat(lambda.counts()).isEqualTo(new LocalLambda.Counts(6, 0, 0, 1));
    }
  }

  @Test
  void theFunctionSeesTheEnvironmentOfALambdaAndNothingOfOurs() throws IOException {
    var function =
        function()
            .withMemoryMib(256)
            .withEnvironment(Map.of("GEOIP_CITY_DATABASE", "/opt/geo.mmdb"))
            .withJvmOptions("-Dlast=wins");
    try (var lambda = LocalLambda.start(function)) {
      assertThat(ask(lambda, "environment GEOIP_CITY_DATABASE").text()).isEqualTo("/opt/geo.mmdb");
      assertThat(ask(lambda, "environment AWS_LAMBDA_FUNCTION_MEMORY_SIZE").text())
          .isEqualTo("256");
      assertThat(ask(lambda, "environment LAMBDA_TASK_ROOT").text())
          .isEqualTo(ask(lambda, "property user.dir").text())
          .isEqualTo(function.code().toString());
      assertThat(ask(lambda, "environment HOME").text()).isEqualTo("null");
      assertThat(ask(lambda, "property last").text()).isEqualTo("wins");
      long heap = Long.parseLong(ask(lambda, "heap").text());
      assertThat(heap).isBetween(200L << 20, 218L << 20); // 85 % less one survivor space
    }
  }

  @Test
  void theDeadlineIsOnTheClockAndTheTimeoutAhead() throws IOException {
    Instant later = Instant.now().plus(Duration.ofHours(1));
    try (var lambda =
        LocalLambda.start(
            function().withTimeout(Duration.ofMinutes(1)),
            InstantSource.fixed(later),
            RandomGeneratorFactory.of("L64X128MixRandom").create(1),
            line -> {})) {
      int remaining = Integer.parseInt(ask(lambda, "remaining").text());
      assertThat(Duration.ofMillis(remaining))
          .isBetween(Duration.ofMinutes(50), Duration.ofMinutes(62));
    }
  }

  @Test
  void anExceptionIsAnErrorAndTheRuntimeGoesOn() throws IOException {
    try (var lambda = LocalLambda.start(function())) {
      LambdaAnswer answer = ask(lambda, "fail for a reason");
      assertThat(answer.errorType()).isPresent();
      assertThat(answer.text())
          .contains("\"errorMessage\":\"for a reason\"")
          .contains("java.lang.IllegalStateException");
      assertThat(ask(lambda, "count").text()).isEqualTo("2");
      assertThat(lambda.counts()).isEqualTo(new LocalLambda.Counts(2, 1, 0, 1));
    }
  }

  @Test
  void aCrashIsAnErrorAndTheNextInvocationHasANewRuntime() throws IOException {
    try (var lambda = LocalLambda.start(function())) {
      LambdaAnswer answer = ask(lambda, "exit 7");
      assertThat(answer.errorType()).contains(LambdaAnswer.RUNTIME_EXITED);
      assertThat(answer.text()).contains("Runtime exited with error: exit status 7");
      assertThat(ask(lambda, "count").text()).isEqualTo("1");
      assertThat(lambda.counts().starts()).isEqualTo(2);
    }
  }

  @Test
  void afterTheTimeoutTheRuntimeIsKilled() throws IOException {
    try (var lambda = LocalLambda.start(function().withTimeout(Duration.ofMillis(500)))) {
      LambdaAnswer answer = ask(lambda, "hang");
      assertThat(answer.errorType()).contains(LambdaAnswer.TIMED_OUT);
      assertThat(answer.text()).contains("Task timed out after 0.50 seconds");
      assertThat(lambda.pid()).isEqualTo(-1);
      assertThat(lambda.counts()).isEqualTo(new LocalLambda.Counts(1, 1, 1, 1));
    }
  }

  @Test
  void theReportTellsAColdStartFromAWarmOne() throws IOException {
    try (var lambda = LocalLambda.start(function())) {
      assertThat(lambda.report()).isEmpty();
      ask(lambda, "count");
      LambdaReport cold = lambda.report().orElseThrow();
      assertThat(cold.init()).isPositive();
      assertThat(cold.duration()).isPositive();
      ask(lambda, "count");
      LambdaReport warm = lambda.report().orElseThrow();
      assertThat(warm.init()).isZero();
      assertThat(cold.maxResidentBytes().orElse(1)).isPositive();
      assertThat(warm.maxResidentBytes().orElse(1))
          .isGreaterThanOrEqualTo(cold.maxResidentBytes().orElse(1));
    }
  }

  @Test
  void anInvocationThatNobodyWaitsForDoesNotDisturbTheNext() throws Exception {
    var hangs = new CompletableFuture<Void>();
    try (var lambda =
        LocalLambda.start(
            function(),
            InstantSource.system(),
            RandomGeneratorFactory.of("L64X128MixRandom").create(1),
            line -> hangs.complete(null))) {
      var failure = new CompletableFuture<RuntimeException>();
      var impatient =
          new Thread(
              () -> {
                try {
                  ask(lambda, "hang");
                } catch (RuntimeException interrupted) {
                  failure.complete(interrupted);
                }
              });
      impatient.start();
      hangs.join();
      impatient.interrupt();
      assertThat(failure).succeedsWithin(60, TimeUnit.SECONDS);
      assertThat(ask(lambda, "count").text()).isEqualTo("1");
    }
  }

  @Test
  void aResponseMayHaveSixMebibytesAndAHundredBytes() throws IOException {
    try (var lambda = LocalLambda.start(function())) {
      assertThat(ask(lambda, "big 6291556").payload()).hasSize(6_291_556);
      LambdaAnswer answer = ask(lambda, "big 6291557");
      assertThat(answer.errorType()).contains(LambdaAnswer.RESPONSE_TOO_LARGE);
      assertThat(answer.text())
          .contains("Response payload size exceeded maximum allowed payload size (6291556 bytes).");
      assertThat(ask(lambda, "still there").text()).isEqualTo("still there");
    }
  }

  @Test
  void anEventMustBeSmallerThanSixMebibytes() throws IOException {
    try (var lambda = LocalLambda.start(function())) {
      assertThat(lambda.invoke(new byte[6_291_455]).payload()).hasSize(6_291_455);
      LambdaAnswer answer = lambda.invoke(new byte[6_291_456]);
      assertThat(answer.errorType()).contains(LambdaAnswer.REQUEST_TOO_LARGE);
      assertThat(answer.text()).contains("Request must be smaller than 6291456 bytes");
      assertThat(lambda.counts()).isEqualTo(new LocalLambda.Counts(2, 1, 0, 1));
    }
  }

  @Test
  void aFunctionThatCannotStartSaysWhy() throws IOException {
    var broken =
        LambdaFunction.of(
            "broken",
            BrokenHandler.class.getName() + "::handleRequest",
            FunctionPackage.folder(folder, BrokenHandler.class));
    try (var lambda = LocalLambda.start(broken)) {
      LambdaAnswer answer = ask(lambda, "anything");
      assertThat(answer.succeeded()).isFalse();
      assertThat(answer.text()).contains("STREAM_NAME is not set");
    }
  }

  @Test
  void closingEndsTheRuntimeEvenInTheMiddleOfAnInvocation() throws Exception {
    var lambda = LocalLambda.start(function());
    ask(lambda, "start");
    ProcessHandle process = ProcessHandle.of(lambda.pid()).orElseThrow();
    var hanging = CompletableFuture.supplyAsync(() -> ask(lambda, "hang"));
    lambda.close();
    assertThat(process.isAlive()).isFalse();
    assertThatThrownBy(() -> ask(lambda, "more")).isInstanceOf(IllegalStateException.class);
    assertThat(hanging.handle((answer, closed) -> closed != null || !answer.succeeded()))
        .succeedsWithin(60, TimeUnit.SECONDS)
        .isEqualTo(true);
  }

  @Test
  void aZipIsUnpackedAndRemovedAtTheEnd() throws IOException {
    Path taskRoot;
    var zipped =
        LambdaFunction.of("zipped", HANDLER, FunctionPackage.zip(folder, ObedientHandler.class));
    try (var lambda = LocalLambda.start(zipped)) {
      taskRoot = Path.of(ask(lambda, "environment LAMBDA_TASK_ROOT").text());
      assertThat(taskRoot.resolve("lib/function.jar")).exists();
    }
    assertThat(taskRoot).doesNotExist();
  }

  @Test
  void whatIsNoPackageIsNamed() throws IOException {
    Path missing = folder.resolve("missing.zip");
    Path noZip = Files.writeString(folder.resolve("text.zip"), "no zip");
    Path leavesTheFolder = folder.resolve("slip.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(leavesTheFolder))) {
      zip.putNextEntry(new ZipEntry("../outside"));
    }
    for (Path each : List.of(missing, noZip, leavesTheFolder)) {
      assertThatThrownBy(() -> LocalLambda.start(LambdaFunction.of("none", HANDLER, each)))
          .isInstanceOf(LocalAwsException.class);
    }
  }
}
