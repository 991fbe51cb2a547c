package dev.sluice.local.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.lambda.FunctionPackage;
import dev.sluice.local.lambda.LambdaFunction;
import dev.sluice.local.lambda.LocalLambda;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Put, packaged function in its own JVM, S3: all of it. */
class FirehoseWithLambdaTest {

  private static final String STREAM = "access-log";

  @TempDir Path folder;

  @Test
  void aPackagedFunctionTransformsWhatWasPut() throws IOException {
    var function =
        LambdaFunction.of(
            "upper-case",
            UpperCaseHandler.class.getName() + "::handleRequest",
            FunctionPackage.zip(folder, UpperCaseHandler.class));
    try (var aws = new FirehoseFixture();
        var lambda = LocalLambda.start(function)) {
      FirehoseStream stream =
          aws.firehose.create(
              FirehoseStreamOptions.to(STREAM, aws.bucket)
                  .withTransformation(Transformation.by(lambda)));
      aws.put(STREAM, "a\n", "b\n");
      stream.flush();
      aws.put(STREAM, "huge", "c");
      stream.flush();
      aws.put(STREAM, "d\n");
      stream.flush();
      assertThat(stream.counts()).isEqualTo(new FirehoseCounts(5, 3, 0, 2, 6, 4, 3));
      assertThat(lambda.counts()).isEqualTo(new LocalLambda.Counts(6, 4, 0, 1));
      String failed =
          aws.keys().stream()
              .filter(key -> key.startsWith("processing-failed/"))
              .findFirst()
              .orElseThrow();
      assertThat(aws.content(failed).lines())
          .hasSize(2)
          .allMatch(line -> line.contains("\"lambdaArn\":\"" + function.arn() + "\""))
          .first()
          .asString()
          .contains(Base64.getEncoder().encodeToString("huge".getBytes(UTF_8)));
      assertThat(aws.keys().stream().filter(key -> !key.equals(failed)).map(aws::content).sorted())
          .containsExactly("A\nB\n", "D\n");
    }
  }
}
