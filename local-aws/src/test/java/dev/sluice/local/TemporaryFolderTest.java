package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {

  private static final int ROUNDS = 100;
  private static final int FILES = 50;

  @Test
  void closingRemovesAllThatIsInIt() throws IOException {
    TemporaryFolder folder = filled();

    folder.close();
    folder.close();

    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void twoThatCloseItAtTheSameTimeAreNotInEachOthersWay() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        TemporaryFolder folder = filled();
        var together = new CyclicBarrier(2);
        Callable<Void> close =
            () -> {
              together.await();
              folder.close();
              return null;
            };
        for (Future<Void> each : threads.invokeAll(List.of(close, close))) {
          each.get();
        }
        assertThat(folder.path()).doesNotExist();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static TemporaryFolder filled() throws IOException {
    TemporaryFolder folder = TemporaryFolder.create("sluice-test-");
    Path inner = Files.createDirectory(folder.path().resolve("inner"));
    for (int file = 0; file < FILES; file++) {
      Files.createFile(inner.resolve("file-" + file));
    }
    return folder;
  }
}
