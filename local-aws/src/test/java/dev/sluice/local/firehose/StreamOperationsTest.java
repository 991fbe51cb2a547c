package dev.sluice.local.firehose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.kinesis.KinesisEmulator;
import dev.sluice.local.lambda.FunctionPackage;
import dev.sluice.local.lambda.LambdaFunction;
import dev.sluice.local.lambda.LocalLambda;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.CreateDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationDescription;
import software.amazon.awssdk.services.firehose.model.InvalidArgumentException;
import software.amazon.awssdk.services.firehose.model.Processor;
import software.amazon.awssdk.services.firehose.model.ProcessorParameter;
import software.amazon.awssdk.services.firehose.model.ProcessorParameterName;
import software.amazon.awssdk.services.firehose.model.ProcessorType;
import software.amazon.awssdk.services.firehose.model.ResourceInUseException;
import software.amazon.awssdk.services.firehose.model.ResourceNotFoundException;

/** Streams made and removed by AWS's own client. */
class StreamOperationsTest {

  private static final String ROLE = "arn:aws:iam::000000000000:role/firehose";

  @TempDir Path folder;
  private FirehoseFixture aws;

  @BeforeEach
  void start() {
    aws = new FirehoseFixture();
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private void create(
      String name,
      Consumer<ExtendedS3DestinationConfiguration.Builder> destination,
      Consumer<CreateDeliveryStreamRequest.Builder> more) {
    aws.client.createDeliveryStream(
        create -> {
          create
              .deliveryStreamName(name)
              .extendedS3DestinationConfiguration(
                  s3 -> {
                    s3.bucketARN("arn:aws:s3:::" + aws.bucket).roleARN(ROLE);
                    destination.accept(s3);
                  });
          more.accept(create);
        });
  }

  private void create(String name, Consumer<ExtendedS3DestinationConfiguration.Builder> s3) {
    create(name, s3, create -> {});
  }

  private static Consumer<ExtendedS3DestinationConfiguration.Builder> lambda(
      String arn, ProcessorParameter... more) {
    Processor processor =
        Processor.builder()
            .type(ProcessorType.LAMBDA)
            .parameters(parameter(ProcessorParameterName.LAMBDA_ARN, arn))
            .build();
    var parameters = new ArrayList<>(processor.parameters());
    parameters.addAll(List.of(more));
    return s3 ->
        s3.processingConfiguration(
            processing ->
                processing
                    .enabled(true)
                    .processors(processor.toBuilder().parameters(parameters).build()));
  }

  private static ProcessorParameter parameter(ProcessorParameterName name, String value) {
    return ProcessorParameter.builder().parameterName(name).parameterValue(value).build();
  }

  @Test
  void aCreatedStreamIsDescribedListedTakesRecordsAndCanBeDeleted() {
    create("b", to -> to.prefix("logs/").compressionFormat(CompressionFormat.GZIP));
    create("a", s3 -> s3.bufferingHints(hints -> hints.intervalInSeconds(5)));
    DeliveryStreamDescription description =
        aws.client
            .describeDeliveryStream(describe -> describe.deliveryStreamName("b"))
            .deliveryStreamDescription();
    assertThat(description.deliveryStreamARN())
        .isEqualTo("arn:aws:firehose:us-east-1:000000000000:deliverystream/b");
    assertThat(description.deliveryStreamStatus()).isEqualTo(DeliveryStreamStatus.ACTIVE);
    assertThat(description.deliveryStreamType()).isEqualTo(DeliveryStreamType.DIRECT_PUT);
    assertThat(description.createTimestamp()).isEqualTo(aws.clock.instant());
    ExtendedS3DestinationDescription s3 =
        description.destinations().get(0).extendedS3DestinationDescription();
    assertThat(s3.prefix()).isEqualTo("logs/");
    assertThat(s3.compressionFormat()).isEqualTo(CompressionFormat.GZIP);
    assertThat(aws.client.listDeliveryStreams().deliveryStreamNames()).containsExactly("a", "b");
    assertThat(aws.client.listDeliveryStreams(list -> list.limit(1)).hasMoreDeliveryStreams())
        .isTrue();
    aws.put("a", "x");
    aws.clock.advance(Duration.ofSeconds(5));
    aws.firehose.find("a").deliverDue();
    assertThat(aws.onlyContent()).isEqualTo("x");
    aws.client.deleteDeliveryStream(delete -> delete.deliveryStreamName("a"));
    assertThatThrownBy(() -> aws.put("a", "x")).isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> create("b", to -> {})).isInstanceOf(ResourceInUseException.class);
  }

  @Test
  void theFunctionIsNamedByItsArn() throws IOException {
    var function =
        LambdaFunction.of(
            "upper-case",
            UpperCaseHandler.class.getName() + "::handleRequest",
            FunctionPackage.folder(folder, UpperCaseHandler.class));
    try (var running = LocalLambda.start(function)) {
      aws.firehose.register(running);
      create(
          "a",
          lambda(
              function.arn() + ":$LATEST",
              parameter(ProcessorParameterName.NUMBER_OF_RETRIES, "1"),
              parameter(ProcessorParameterName.BUFFER_SIZE_IN_M_BS, "0.5"),
              parameter(ProcessorParameterName.BUFFER_INTERVAL_IN_SECONDS, "7")));
      FirehoseStreamOptions options = aws.firehose.find("a").options();
      assertThat(options.bufferBytes()).isEqualTo(512 << 10);
      assertThat(options.bufferInterval()).isEqualTo(Duration.ofSeconds(7));
      assertThat(options.transformation().orElseThrow().retries()).isEqualTo(1);
      aws.put("a", "x");
      aws.firehose.find("a").flush();
      assertThat(aws.onlyContent()).isEqualTo("X");
    }
  }

  @Test
  void theSourceIsNamedByItsArn() {
    try (var kinesis = KinesisEmulator.start()) {
      KinesisSource.create(kinesis, "lines", 1);
      aws.firehose.connect(kinesis);
      create(
          "a",
          s3 -> {},
          create ->
              create
                  .deliveryStreamType(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE)
                  .kinesisStreamSourceConfiguration(
                      source ->
                          source
                              .kinesisStreamARN(
                                  "arn:aws:kinesis:us-east-1:000000000000:stream/lines")
                              .roleARN(ROLE)));
      KinesisSource.put(kinesis, "lines", "k", "x");
      aws.firehose.find("a").flush();
      assertThat(aws.onlyContent()).isEqualTo("x");
      assertThat(
              aws.client
                  .describeDeliveryStream(describe -> describe.deliveryStreamName("a"))
                  .deliveryStreamDescription()
                  .source()
                  .kinesisStreamSourceDescription()
                  .kinesisStreamARN())
          .endsWith(":stream/lines");
    }
  }

  @Test
  void whatCannotBeConfiguredIsNamed() {
    assertInvalid(() -> create("a", lambda("arn:none")), "There is no local function arn:none.");
    assertInvalid(
        () -> create("a", s3 -> s3.prefix("!{timestamp:yyyy}/")), "needs an error prefix");
    assertInvalid(
        () -> aws.client.createDeliveryStream(create -> create.deliveryStreamName("a")),
        "BucketARN is required");
    assertInvalid(
        () ->
            create(
                "a",
                s3 -> {},
                create -> create.deliveryStreamType(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE)),
        "There is no local stream");
    assertInvalid(
        () -> create("a", s3 -> s3.compressionFormat(CompressionFormat.ZIP)),
        "compresses by GZIP or not at all, not by ZIP");
    assertThat(aws.client.listDeliveryStreams().deliveryStreamNames()).isEmpty();
  }

  private static void assertInvalid(Runnable create, String message) {
    assertThatThrownBy(create::run)
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining(message);
  }
}
