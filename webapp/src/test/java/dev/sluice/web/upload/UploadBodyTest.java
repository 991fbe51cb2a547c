package dev.sluice.web.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.web.http.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UploadBodyTest {

  private final AtomicLong nanos = new AtomicLong();

  /** Bytes of which each single read takes a time. */
  private InputStream arriving(byte[] bytes, Duration eachRead) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        nanos.addAndGet(eachRead.toNanos());
        return super.read(target, offset, Math.min(length, 100));
      }
    };
  }

  @Test
  void takesAsManyBytesAsAreAllowed() throws IOException {
    var body = new UploadBody(new ByteArrayInputStream(new byte[1_000]), 1_000, nanos::get);
    assertThat(body.readAllBytes()).hasSize(1_000);
    assertThat(body.bytes()).isEqualTo(1_000);
  }

  @Test
  void refusesOneByteMore() {
    var body = new UploadBody(new ByteArrayInputStream(new byte[1_001]), 1_000, nanos::get);
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(body::readAllBytes)
        .satisfies(refused -> assertThat(refused.status()).isEqualTo(413));
  }

  @Test
  void refusesAClientThatOnlyHoldsAPlace() {
    var body =
        new UploadBody(arriving(new byte[10_000], Duration.ofSeconds(1)), 10_000, nanos::get);
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(body::readAllBytes)
        .satisfies(refused -> assertThat(refused.status()).isEqualTo(408));
    assertThat(body.bytes()).isLessThan(10_000);
  }

  @Test
  void waitsForAClientWithinTheGraceAndForASlowLine() throws IOException {
    byte[] bytes = new byte[10_000];
    assertThat(
            new UploadBody(arriving(bytes, Duration.ofMillis(90)), 10_000, nanos::get)
                .readAllBytes())
        .hasSize(10_000);
  }

  @Test
  void countsOnlyTheTimeInWhichItWaitsForTheClient() throws IOException {
    var body = new UploadBody(arriving(new byte[500], Duration.ofMillis(1)), 500, nanos::get);
    byte[] part = new byte[100];
    while (body.read(part) >= 0) {
      nanos.addAndGet(Duration.ofHours(1).toNanos()); // S3 takes its time
    }
    assertThat(body.bytes()).isEqualTo(500);
  }
}
