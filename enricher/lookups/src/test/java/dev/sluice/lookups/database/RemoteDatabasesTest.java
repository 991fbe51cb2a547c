package dev.sluice.lookups.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class RemoteDatabasesTest {

  private static final long UNKNOWN = -2;

  @TempDir Path folder;

  private String content = "first";
  private long announced = -1; // the true length
  private final List<String> requests = new ArrayList<>();

  /** One object, whose ETag is its content. */
  private final class S3 implements S3Client {
    @Override
    public <T> T getObject(
        GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
      requests.add(request.bucket() + "/" + request.key() + " " + request.ifNoneMatch());
      if (content == null) {
        throw S3Exception.builder().statusCode(403).message("Access Denied").build();
      }
      if (content.equals(request.ifNoneMatch())) {
        throw S3Exception.builder().statusCode(304).build();
      }
      Long length = announced == UNKNOWN ? null : announced < 0 ? content.length() : announced;
      try {
        return transformer.transform(
            GetObjectResponse.builder().eTag(content).contentLength(length).build(),
            AbortableInputStream.create(new ByteArrayInputStream(content.getBytes(UTF_8))));
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw SdkClientException.create("broken off", e);
      }
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
  void takesNoMoreThanItsBound() throws IOException {
    var remote = new RemoteDatabases(List.of(database()), S3::new, 6);
    assertThat(remote.fetchChanged()).isEmpty();
    content = "1234567";
    for (long length : new long[] {-1, UNKNOWN, 3}) {
      announced = length;
      assertThat(remote.fetchChanged())
          .containsExactly("s3://geo/city.mmdb: is larger than 6 bytes");
    }
    assertThat(database().file()).hasContent("first");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void makesTheFolderWhereThereIsNone() {
    Path file = folder.resolve("a").resolve("b").resolve("city.mmdb");
    var database = RemoteDatabase.parse("s3://geo/city.mmdb", file).orElseThrow();
    assertThat(new RemoteDatabases(List.of(database), S3::new).fetchChanged()).isEmpty();
    assertThat(file).hasContent("first");
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
