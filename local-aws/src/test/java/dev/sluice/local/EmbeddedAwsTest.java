package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.proxy.Fault;
import dev.sluice.local.proxy.FaultMix;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddedAwsTest {

  @Test
  void tellsAwsToolsHowToReachItOnLoopback() {
    try (EmbeddedAws aws = EmbeddedAws.start()) {
      assertThat(aws.environment())
          .containsEntry("AWS_ENDPOINT_URL_KINESIS", aws.kinesisEndpoint().toString())
          .containsEntry("AWS_ENDPOINT_URL_DYNAMODB", aws.dynamoDbEndpoint().toString())
          .containsEntry("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", aws.dynamoDbEndpoint().toString())
          .containsEntry("AWS_ENDPOINT_URL_S3", aws.s3Endpoint().toString())
          .containsEntry("AWS_ENDPOINT_URL_FIREHOSE", aws.firehoseEndpoint().toString())
          .containsEntry("AWS_REGION", "us-east-1")
          .containsKeys("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
      for (URI endpoint :
          new URI[] {
            aws.kinesisEndpoint(),
            aws.dynamoDbEndpoint(),
            aws.s3Endpoint(),
            aws.firehoseEndpoint(),
            aws.endpoint(AwsService.SNS),
            aws.endpoint(AwsService.CLOUDWATCH)
          }) {
        assertThat(endpoint.getHost()).isEqualTo("127.0.0.1");
      }
    }
  }

  @Test
  void nothingListensAfterTheClose() {
    URI[] endpoints;
    try (EmbeddedAws aws = EmbeddedAws.start()) {
      endpoints =
          new URI[] {
            aws.kinesisEndpoint(),
            aws.dynamoDbEndpoint(),
            aws.s3Endpoint(),
            aws.firehoseEndpoint(),
            aws.endpoint(AwsService.SNS),
            aws.endpoint(AwsService.CLOUDWATCH)
          };
      for (URI endpoint : endpoints) {
        assertThat(listens(endpoint)).as("%s", endpoint).isTrue();
      }
    }
    for (URI endpoint : endpoints) {
      assertThat(listens(endpoint)).as("%s", endpoint).isFalse();
    }
  }

  @Test
  void aPortInUseStopsTheWholeStackWithOneLine() {
    try (EmbeddedAws first = EmbeddedAws.start()) {
      int taken = first.kinesisEndpoint().getPort();
      Map<AwsService, String> names =
          Map.of(
              AwsService.KINESIS, "Kinesis",
              AwsService.DYNAMODB, "DynamoDB Local",
              AwsService.S3, "S3",
              AwsService.FIREHOSE, "Firehose",
              AwsService.SNS, "SNS",
              AwsService.CLOUDWATCH, "CloudWatch");
      names.forEach(
          (service, name) ->
              assertThatThrownBy(
                      () ->
                          EmbeddedAws.start(EmbeddedAwsOptions.defaults().withPort(service, taken)))
                  .isInstanceOf(LocalAwsException.class)
                  .hasMessage(
                      name + " cannot listen on 127.0.0.1:" + taken + ": the port is in use"));
    }
  }

  @Test
  void proxiesStandInFrontOfEveryServiceWhereTheyAreWanted() throws Exception {
    try (EmbeddedAws aws =
        EmbeddedAws.start(EmbeddedAwsOptions.defaults().withFaultProxies(true))) {
      for (AwsService service : AwsService.values()) {
        if (service == AwsService.SQS) {
          assertThatThrownBy(() -> aws.proxy(service)).hasMessageContaining("SQS");
          continue;
        }
        URI seen = aws.proxy(service).endpoint();
        assertThat(seen).isNotEqualTo(aws.endpoint(service));
        service
            .variables()
            .forEach(name -> assertThat(aws.environment()).containsEntry(name, seen.toString()));
        assertThat(status(seen)).as("%s", service).isPositive();
        aws.proxy(service).set(FaultMix.all(Fault.ERROR).withErrorStatus(599));
        assertThat(status(seen)).as("%s", service).isEqualTo(599);
      }
    }
  }

  private static int status(URI endpoint) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(endpoint)
                .version(HttpClient.Version.HTTP_1_1)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void withoutProxiesOrSqsThereAreNone() {
    try (EmbeddedAws aws = EmbeddedAws.start()) {
      assertThat(aws.environment()).doesNotContainKey("AWS_ENDPOINT_URL_SQS");
      assertThatThrownBy(() -> aws.endpoint(AwsService.SQS)).hasMessageContaining("SQS");
      assertThatThrownBy(() -> aws.proxy(AwsService.S3)).hasMessageContaining("S3");
    }
  }

  private static boolean listens(URI endpoint) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort())) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }
}
