package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.kinesis.KinesisEmulatorOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
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
            aws.kinesisEndpoint(), aws.dynamoDbEndpoint(), aws.s3Endpoint(), aws.firehoseEndpoint()
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
            aws.kinesisEndpoint(), aws.dynamoDbEndpoint(), aws.s3Endpoint(), aws.firehoseEndpoint()
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
      var kinesis = KinesisEmulatorOptions.defaults();
      assertThatThrownBy(
              () -> EmbeddedAws.start(new EmbeddedAws.Options(kinesis.withPort(taken), 0, 0, 0)))
          .isInstanceOf(LocalAwsException.class)
          .hasMessage("Kinesis cannot listen on 127.0.0.1:" + taken + ": the port is in use");
      assertThatThrownBy(() -> EmbeddedAws.start(new EmbeddedAws.Options(kinesis, taken, 0, 0)))
          .isInstanceOf(LocalAwsException.class)
          .hasMessage(
              "DynamoDB Local cannot listen on 127.0.0.1:" + taken + ": the port is in use");
      assertThatThrownBy(() -> EmbeddedAws.start(new EmbeddedAws.Options(kinesis, 0, taken, 0)))
          .isInstanceOf(LocalAwsException.class)
          .hasMessage("S3 cannot listen on 127.0.0.1:" + taken + ": the port is in use");
      assertThatThrownBy(() -> EmbeddedAws.start(new EmbeddedAws.Options(kinesis, 0, 0, taken)))
          .isInstanceOf(LocalAwsException.class)
          .hasMessage("Firehose cannot listen on 127.0.0.1:" + taken + ": the port is in use");
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
