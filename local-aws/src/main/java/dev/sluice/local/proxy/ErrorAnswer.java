package dev.sluice.local.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * An error in the service's place: in JSON where the request names its target in a header, or XML.
 */
final class ErrorAnswer {
  private static final String MESSAGE = "fault on demand";

  private ErrorAnswer() {}

  /**
   * Answers with an error of the server.
   *
   * @param status 5xx
   */
  static void error(HttpHead head, int status, InputStream in, Socket client) throws IOException {
    write(head, status, status == 503 ? "ServiceUnavailable" : "InternalFailure", in, client);
  }

  /** Answers that there were too many calls, as DynamoDB and Kinesis say it, or S3. */
  static void throttled(HttpHead head, InputStream in, Socket client) throws IOException {
    if (isJson(head)) {
      write(head, 400, "ProvisionedThroughputExceededException", in, client);
    } else {
      write(head, 503, "SlowDown", in, client);
    }
  }

  private static boolean isJson(HttpHead head) {
    return !head.header("x-amz-target").isEmpty();
  }

  /** Reads the request to its end and answers it; the connection is not to be used again. */
  private static void write(HttpHead head, int status, String code, InputStream in, Socket client)
      throws IOException {
    boolean waits = head.header("expect").equalsIgnoreCase("100-continue");
    if (!waits) { // else the body never comes
      head.copyBody(in, OutputStream.nullOutputStream());
    }
    boolean json = isJson(head);
    byte[] body =
        (json
                ? "{\"__type\":\"" + code + "\",\"message\":\"" + MESSAGE + "\"}"
                : "<Error><Code>" + code + "</Code><Message>" + MESSAGE + "</Message></Error>")
            .getBytes(StandardCharsets.US_ASCII);
    String answer =
        "HTTP/1.1 "
            + status
            + " Fault\r\nContent-Type: "
            + (json ? "application/x-amz-json-1.1" : "application/xml")
            // Clients that speak CBOR read the code from there, and not the body.
            + (json ? "\r\nx-amzn-ErrorType: " + code : "")
            + "\r\nContent-Length: "
            + body.length
            + "\r\nConnection: close\r\n\r\n";
    OutputStream out = client.getOutputStream();
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    client.shutdownOutput();
  }
}
