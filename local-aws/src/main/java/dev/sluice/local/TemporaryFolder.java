package dev.sluice.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A folder of the embedded stack that goes away, with all that is in it, when it is closed. */
public final class TemporaryFolder implements AutoCloseable {

  private final Path path;

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  /**
   * @throws LocalAwsException when the folder cannot be made
   */
  public static TemporaryFolder create(String prefix) {
    try {
      return new TemporaryFolder(Files.createTempDirectory(prefix));
    } catch (IOException noFolder) {
      throw new LocalAwsException(
          "The local stack cannot make a temporary folder: " + noFolder.getMessage(), noFolder);
    }
  }

  public Path path() {
    return path;
  }

  /**
   * Does nothing when it is gone already. Another thread that closes it, too, waits: a hook of the
   * JVM's end may come upon an orderly close.
   *
   * @throws LocalAwsException when something of it is left behind
   */
  @Override
  public synchronized void close() {
    if (!Files.exists(path)) {
      return;
    }
    try {
      removeRecursively(path);
    } catch (IOException leftBehind) {
      throw new LocalAwsException("The local stack leaves " + path + " behind", leftBehind);
    }
  }

  private static void removeRecursively(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          /** What a process that ends removes by itself is gone as it should be. */
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (!(failure instanceof NoSuchFileException)) {
              throw failure;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
