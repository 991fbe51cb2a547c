package dev.sluice.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetFileTest {
  @TempDir Path folder;
  private Path path;
  private OffsetFile file;

  @BeforeEach
  void newFile() {
    path = folder.resolve("a.offset");
    file = new OffsetFile(path);
  }

  @Test
  void readsWhatItWroteLast() throws IOException {
    assertThat(file.read()).isEmpty();

    file.write(new OffsetFile.Saved(new ReplayOffset(0, 1, 2), "ab"));
    var saved = new OffsetFile.Saved(new ReplayOffset(3, Long.MAX_VALUE, 4), "cd");
    file.write(saved);

    assertThat(file.read()).contains(saved);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "passes=0\nlines=1\n",
        "passes=0\nlines=-1\nbytes=3",
        "passes=0\nlines=1\nbytes=x",
        "passes=0\nlines=1\nbytes=\\u00g",
      })
  void refusesAFileThatIsNone(String text) throws IOException {
    Files.writeString(path, text);

    assertThatThrownBy(file::read)
        .isInstanceOf(IOException.class)
        .hasMessage("not an offset file of a replay: " + path);
  }

  @Test
  void refusesALargeFileWithoutReadingIt() throws IOException {
    Files.writeString(path, "passes=0\nlines=1\nbytes=1\n" + "#".repeat(2_000));

    assertThatThrownBy(file::read).hasMessageStartingWith("not an offset file");
  }

  @Test
  void leavesTheOldOffsetWhenItCannotWrite() throws IOException {
    var saved = new OffsetFile.Saved(new ReplayOffset(0, 1, 2), "ab");
    file.write(saved);
    Files.createDirectory(folder.resolve("a.offset.next"));

    assertThatThrownBy(() -> file.write(new OffsetFile.Saved(new ReplayOffset(0, 5, 6), "ab")))
        .isInstanceOf(IOException.class);
    assertThat(file.read()).contains(saved);
  }
}
