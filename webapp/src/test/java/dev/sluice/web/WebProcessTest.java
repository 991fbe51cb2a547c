package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The process: its heap, its exit codes, its end. */
class WebProcessTest {

  /**
   * Far more than the process may have as a heap; {@code -Dweb.upload.bytes} takes another size.
   */
  private static final long LARGE_BYTES = Long.getLong("web.upload.bytes", 256L << 20);

  private static final String SMALL_HEAP = "-Xmx48m";

  /** Zeros, made as they are read. */
  private static InputStream zeros(long length) {
    return new InputStream() {
      private long left = length;

      @Override
      public int read() {
        return left-- > 0 ? 0 : -1;
      }

      @Override
      public int read(byte[] buffer, int offset, int wanted) {
        if (left <= 0) {
          return -1;
        }
        int read = (int) Math.min(left, wanted);
        left -= read;
        return read;
      }
    };
  }

  @Test
  void streamsALargeFileInASmallHeapAndEndsInOrder() throws IOException, InterruptedException {
    WebStack stack = WebStack.create();
    try (var process =
        WebProcess.start(stack.environment(), SMALL_HEAP, "-XX:MaxDirectMemorySize=32m")) {
      var visitor = new Visitor(process.awaitAddress());
      long started = System.nanoTime();
      HttpResponse<String> answer =
          visitor.send(
              visitor.upload("large.log", BodyPublishers.ofInputStream(() -> zeros(LARGE_BYTES))));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      System.out.printf(
          Locale.ROOT,
          "%,d bytes through a heap of 48 MiB: %.1f s%n",
          LARGE_BYTES,
          (System.nanoTime() - started) / 1e9);
      assertThat(
              stack
                  .clients()
                  .s3()
                  .headObject(head -> head.bucket(stack.uploadBucket()).key("large.log"))
                  .contentLength())
          .isEqualTo(LARGE_BYTES);
      process.terminate();
      assertThat(process.awaitEnd()).noneMatch(line -> line.contains("Exception"));
      assertThat(process.exitCode()).isZero();
    } finally {
      stack.clients().close();
    }
  }

  @Test
  void saysEverythingThatIsWrongWithItsSettings() throws IOException, InterruptedException {
    try (var process = WebProcess.start(Map.of("WEB_HOST", "0.0.0.0"))) {
      assertThat(process.awaitEnd())
          .containsExactly(
              "UPLOAD_BUCKET is not set",
              "OUTPUT_BUCKET is not set",
              "WEB_HOST is 0.0.0.0, no loopback address: set WEB_USER and WEB_PASSWORD");
      assertThat(process.exitCode()).isEqualTo(WebMain.EXIT_USAGE);
    }
  }

  @Test
  void saysWhatIsMissing() {
    WebStack stack = WebStack.create();
    var problems = new HashMap<String, String>();
    for (String key : new String[] {"UPLOAD_BUCKET", "FILE_TABLE"}) {
      try {
        stack.serve(Map.of(key, "missing"), InstantSource.system()).close();
      } catch (CannotServeException missing) {
        problems.put(key, missing.getMessage());
      }
    }
    assertThat(problems.get("UPLOAD_BUCKET")).isEqualTo("S3, bucket missing: there is none");
    assertThat(problems.get("FILE_TABLE"))
        .startsWith("DynamoDB, table missing with index ByTime: ");
    stack.clients().close();
  }

  @Test
  void saysThatItsPortIsTaken() throws IOException {
    WebStack stack = WebStack.create();
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      try (WebApplication pages = stack.serve(Map.of("WEB_PORT", port), InstantSource.system())) {
        assertThat(pages.url()).as("it must not start").isNull();
      } catch (CannotServeException refused) {
        assertThat(refused).hasMessageStartingWith("cannot listen on 127.0.0.1:" + port);
      }
    } finally {
      stack.clients().close();
    }
  }

  @Test
  void probesItsHealth() {
    WebStack stack = WebStack.create();
    String port;
    try (WebApplication pages = stack.serve()) {
      port = Integer.toString(pages.url().getPort());
      assertThat(HealthProbe.run(Map.of("WEB_PORT", port)::get)).isZero();
    } finally {
      stack.clients().close();
    }
    assertThat(HealthProbe.run(Map.of("WEB_PORT", port)::get)).isEqualTo(1);
    assertThat(HealthProbe.run(Map.<String, String>of()::get)).isEqualTo(1);
  }
}
