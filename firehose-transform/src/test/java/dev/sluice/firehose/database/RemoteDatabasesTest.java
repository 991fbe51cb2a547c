package dev.sluice.firehose.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class RemoteDatabasesTest {

  @TempDir Path folder;

  private String content = "first";
  private long announced = -1;
  private final List<String> requests = new ArrayList<>();

  /** One object, whose ETag is its content. */
  private final class S3 implements S3Client {
    @Override
    public GetObjectResponse getObject(GetObjectRequest request, Path target) {
      requests.add(request.bucket() + "/" + request.key() + " " + request.ifNoneMatch());
      if (content == null) {
        throw S3Exception.builder().statusCode(403).message("Access Denied").build();
      }
      if (content.equals(request.ifNoneMatch())) {
        throw S3Exception.builder().statusCode(304).build();
      }
      try {
        Files.write(target, content.getBytes(UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      long length = announced < 0 ? content.length() : announced;
      return GetObjectResponse.builder().eTag(content).contentLength(length).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private RemoteDatabase database() {
    return RemoteDatabase.parse("s3://geo/city.mmdb", folder.resolve("city.mmdb")).orElseThrow();
  }

  @Test
  void fetchesWhatIsNewOrHasChangedAndNothingElse() throws IOException {
    var remote = new RemoteDatabases(List.of(database()), S3::new);
    assertThat(remote.fetchChanged()).isEmpty();
    assertThat(database().file()).hasContent("first");
    assertThat(remote.fetchChanged()).isEmpty();
    content = "second";
    assertThat(remote.fetchChanged()).isEmpty();
    assertThat(database().file()).hasContent("second");
    assertThat(requests)
        .containsExactly("geo/city.mmdb null", "geo/city.mmdb first", "geo/city.mmdb first");
    assertThat(folder)
        .isDirectoryContaining("glob:**city.mmdb")
        .isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void keepsTheFileWhenTheNewOneDoesNotComeAsAWhole() throws IOException {
    var remote = new RemoteDatabases(List.of(database()), S3::new);
    remote.fetchChanged();
    content = "cut off";
    announced = 99;
    assertThat(remote.fetchChanged())
        .containsExactly("s3://geo/city.mmdb: came with 7 of 99 bytes");
    content = null;
    assertThat(remote.fetchChanged()).hasSize(1).first().asString().contains("Access Denied");
    assertThat(database().file()).hasContent("first");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void opensNoClientWithoutNeed() {
    var remote =
        new RemoteDatabases(
            List.of(),
            () -> {
              throw SdkClientException.create("no client");
            });
    assertThat(remote.fetchChanged()).isEmpty();
  }
}
