package dev.sluice.firehose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules that hold the package find what breaks them. */
class PackageRulesTest {

  private static final String HANDLER = "dev/sluice/firehose/FirehoseTransformHandler.class";

  @TempDir Path folder;

  @Test
  void aSmallZipWithTheHandlerMayBeDeployed() throws IOException {
    assertThat(
            PackageRules.broken(
                zip(0, HANDLER, "com/amazonaws/services/lambda/runtime/Context.class")))
        .isEmpty();
    assertThat(PackageRules.broken(zip(0, "a/B.class"))).containsExactly("has no " + HANDLER);
  }

  @ParameterizedTest
  @CsvSource({
    "KCL, software/amazon/kinesis/coordinator/Scheduler.class",
    "Netty, io/netty/channel/Channel.class",
    "Netty, shaded/io/netty/channel/Channel.class",
    "Netty, software/amazon/awssdk/http/nio/netty/NettyNioAsyncHttpClient.class",
    "AWS SDK of version 1, com/amazonaws/services/s3/AmazonS3.class",
    "tests, dev/sluice/samples/SyntheticAccessLog.class"
  })
  void whatDoesNotBelongThereIsNamed(String what, String name) throws IOException {
    assertThat(PackageRules.broken(zip(0, HANDLER, name)))
        .containsExactly("has " + what + ": " + name);
  }

  @Test
  void aZipThatIsTooLargeIsNamed() throws IOException {
    Path zip = zip((int) PackageRules.MAX_BYTES, HANDLER);
    assertThat(PackageRules.broken(zip)).containsExactly("has " + Files.size(zip) + " bytes");
  }

  /** A zip with these classes in a jar, and so many bytes that nothing can pack. */
  private Path zip(int moreBytes, String... classes) throws IOException {
    var jar = new ByteArrayOutputStream();
    try (var entries = new ZipOutputStream(jar)) {
      for (String name : classes) {
        entries.putNextEntry(new ZipEntry(name));
      }
    }
    Path zip = folder.resolve("function.zip");
    try (var entries = new ZipOutputStream(Files.newOutputStream(zip))) {
      entries.putNextEntry(new ZipEntry("lib/any-name.jar"));
      entries.write(jar.toByteArray());
      entries.putNextEntry(new ZipEntry("lib/large"));
      var bytes = new byte[moreBytes];
      new Random(1).nextBytes(bytes);
      entries.write(bytes);
    }
    return zip;
  }
}
