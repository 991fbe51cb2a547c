package dev.sluice.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** What the real client does over the wire when the other side misbehaves. */
class ReplayClientTest {
  private final AtomicInteger requests = new AtomicInteger();
  private ServerSocket server;

  @AfterEach
  void closeServer() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void sendsARequestOnceWhenTheConnectionDiesInsteadOfAnAnswer() throws Exception {
    ServiceFault fault = faultOf("");

    assertThat(requests).hasValue(1);
    assertThat(fault.worthRetrying()).isTrue();
    assertThat(fault.inDoubt()).isTrue();
    assertThat(fault.answered()).isFalse();
  }

  @Test
  void sendsARequestOnceWhenTheServerIsUnavailable() throws Exception {
    ServiceFault fault = faultOf(answer(503, "ServiceUnavailableException"));

    assertThat(requests).hasValue(1);
    assertThat(fault.worthRetrying()).isTrue();
    assertThat(fault.inDoubt()).isTrue();
    assertThat(fault.description()).startsWith("ServiceUnavailableException");
  }

  @Test
  void sendsARequestOnceWhenItIsThrottled() throws Exception {
    ServiceFault fault = faultOf(answer(400, "ProvisionedThroughputExceededException"));

    assertThat(requests).hasValue(1);
    assertThat(fault.worthRetrying()).isTrue();
    assertThat(fault.inDoubt()).isFalse();
  }

  @Test
  void takesAMissingPermissionForFinal() throws Exception {
    ServiceFault fault = faultOf(answer(400, "AccessDeniedException"));

    assertThat(fault.worthRetrying()).isFalse();
    assertThat(fault.answered()).isTrue();
  }

  @Test
  void knowsThatNothingIsStoredWhenNobodyListens() throws Exception {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    int port = server.getLocalPort();
    server.close();

    ServiceFault fault = fault(port);

    assertThat(fault.worthRetrying()).isTrue();
    assertThat(fault.inDoubt()).isFalse();
    assertThat(fault.description()).contains("refused");
  }

  private ServiceFault faultOf(String answer) throws IOException {
    server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    var serving = new Thread(() -> serve(answer), "one-answer-server");
    serving.setDaemon(true);
    serving.start();
    return fault(server.getLocalPort());
  }

  private static ServiceFault fault(int port) {
    try (KinesisClient client =
        ReplayClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + port))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .build()) {
      var entry =
          PutRecordsRequestEntry.builder()
              .partitionKey("k")
              .data(SdkBytes.fromUtf8String("line"))
              .build();
      var request = PutRecordsRequest.builder().streamName("s").records(entry).build();
      return ServiceFault.of(
          catchThrowableOfType(SdkException.class, () -> client.putRecords(request)));
    }
  }

  private static String answer(int status, String error) {
    String body = "{\"__type\":\"" + error + "\",\"message\":\"busy\"}";
    return "HTTP/1.1 "
        + status
        + " No\r\nx-amzn-errortype: "
        + error
        + "\r\nContent-Type: application/x-amz-json-1.1\r\nConnection: close\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** Reads each request to its end, counts it, answers, and closes the connection. */
  private void serve(String answer) {
    while (true) {
      try (Socket connection = server.accept()) {
        readRequest(connection.getInputStream());
        requests.incrementAndGet();
        OutputStream out = connection.getOutputStream();
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
        out.flush();
      } catch (SocketException closed) {
        return;
      } catch (IOException broken) {
        throw new IllegalStateException(broken);
      }
    }
  }

  private static void readRequest(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    String lower = head.toString().toLowerCase(Locale.ROOT);
    int at = lower.indexOf("content-length:") + "content-length:".length();
    in.readNBytes(Integer.parseInt(lower.substring(at, lower.indexOf('\r', at)).strip()));
  }
}
