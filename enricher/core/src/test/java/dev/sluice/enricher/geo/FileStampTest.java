package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStampTest {
  @TempDir private Path folder;

  @Test
  void isTheSameForTheSameContentOnly() throws IOException {
    Path file = Files.write(folder.resolve("a"), new byte[] {1});
    FileStamp stamp = FileStamp.of(file);
    assertThat(FileStamp.of(file)).isEqualTo(stamp).hasSameHashCodeAs(stamp);
    assertThat(stamp).isNotEqualTo(FileStamp.of(folder.resolve("none"))).isNotEqualTo(null);

    Files.write(file, new byte[] {1, 2});
    Files.setLastModifiedTime(file, stamp.modified());
    assertThat(FileStamp.of(file)).as("size").isNotEqualTo(stamp);

    Files.write(file, new byte[] {1});
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    assertThat(FileStamp.of(file)).as("time").isNotEqualTo(stamp);

    Path other = Files.write(folder.resolve("b"), new byte[] {1});
    Files.setLastModifiedTime(other, stamp.modified());
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    FileStamp renamed = FileStamp.of(file);
    assertThat(renamed.equals(stamp)).as("key").isEqualTo(renamed.key() == null);
  }
}
