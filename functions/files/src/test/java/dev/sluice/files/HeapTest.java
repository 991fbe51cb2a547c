package dev.sluice.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A gigabyte of one line, packed into a megabyte: in a JVM whose heap is smaller than that by far.
 * The child makes the bomb, and reads it as the function does.
 */
class HeapTest {
  private static final long ONE_LINE_BYTES = 1L << 30;
  private static final int HEAP_MIB = 128;

  /** What runs in the child: members that are all of one line, between good ones. */
  static final class Bomb {
    private static final int MEMBERS = 64;

    private Bomb() {}

    public static void main(String[] args) throws IOException {
      var part = new byte[(int) (ONE_LINE_BYTES / MEMBERS)];
      Arrays.fill(part, (byte) 'x');
      byte[] member = FilesFixture.gzip(new String(part, ISO_8859_1));
      var packed = new ByteArrayOutputStream();
      packed.writeBytes(FilesFixture.gzip(FilesFixture.lines(0, 10)));
      for (int i = 0; i < MEMBERS; i++) {
        packed.writeBytes(member);
      }
      packed.writeBytes(FilesFixture.gzip("\n" + FilesFixture.lines(10, 20)));
      System.out.println(BombReader.read(packed.toByteArray()));
    }
  }

  @Test
  void aGigabyteOfOneLineIsOneReject() throws IOException, InterruptedException {
    var command =
        new ArrayList<String>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MIB + "m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Bomb.class.getName()));
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said;
    try (InputStream out = child.getInputStream()) {
      said = new String(out.readAllBytes(), UTF_8).strip();
    }
    assertThat(child.waitFor()).as(said).isZero();
    assertThat(said).isEqualTo("21 lines, 20 enriched, 1 rejected, length " + ONE_LINE_BYTES);
  }
}
