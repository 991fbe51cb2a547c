package dev.sluice.system.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No package that users get holds what it must not, nor anything twice; for the command line {@link
 * DistributionTest} says so.
 */
class ShippedLibrariesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "firehose-transform/target/firehose-transform.zip",
        "functions/fan-out/target/functions-fan-out.zip",
        "functions/files/target/functions-files.zip",
        "functions/registrations/target/functions-registrations.zip",
        "functions/tweets/target/functions-tweets.zip",
        "functions/windows/target/functions-windows.zip",
      })
  void ofAFunction(String zip, @TempDir Path folder) throws IOException {
    var libraries = ShippedLibraries.ofZip(Path.of("..").resolve(zip), folder);
    assertThat(libraries.count()).isGreaterThan(5);
    assertThat(libraries.broken()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"enricher/consumer/target/sluice-consumer/lib", "webapp/target/sluice-web/lib"})
  void ofAProcess(String lib) throws IOException {
    var libraries = ShippedLibraries.ofFolder(Path.of("..").resolve(lib));
    assertThat(libraries.count()).isGreaterThan(20);
    assertThat(libraries.broken()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "com/amazonaws/AmazonServiceException.class,AWS SDK of version 1",
    "software/amazon/dynamodb/services/local/Main.class,'DynamoDB Local, which may not be shipped'",
    "dev/sluice/local/EmbeddedAws.class,the local stack",
    "dev/sluice/cli/demo/Demo.class,the demo",
    "org/junit/Test.class,tests",
  })
  void whatIsUnwantedIsNamed(String name, String what, @TempDir Path lib) throws IOException {
    jar(lib.resolve("some-1.0.jar"), name);
    jar(lib.resolve("good-1.0.jar"), "com/amazonaws/services/lambda/runtime/Context.class");
    assertThat(ShippedLibraries.ofFolder(lib).broken())
        .containsExactly("some-1.0.jar has " + what + ": " + name);
  }

  @Test
  void whatIsThereTwiceIsNamed(@TempDir Path lib) throws IOException {
    jar(lib.resolve("a-b-1.0.jar"), "a/B.class", "module-info.class");
    jar(lib.resolve("a-b-1.1.Final.jar"), "a/B.class", "module-info.class");
    jar(lib.resolve("a-c-1.0.jar"), "a/C.class", "a/B.class", "module-info.class");
    assertThat(ShippedLibraries.ofFolder(lib).broken())
        .containsExactly(
            "a-b-1.1.Final.jar is a-b-1.0.jar in another version",
            "a-c-1.0.jar has a class of a-b-1.0.jar: a/B.class");
  }

  private static void jar(Path file, String... names) throws IOException {
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String name : List.of(names)) {
        zip.putNextEntry(new ZipEntry(name));
        zip.closeEntry();
      }
    }
  }
}
