package dev.sluice.local.lambda;

import dev.sluice.local.LocalAwsException;
import dev.sluice.local.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a function has on disk: its unpacked code, a temporary folder of its own, and the native
 * part of AWS's client. Goes away when it is closed.
 */
final class FunctionFolder implements AutoCloseable {

  private final TemporaryFolder folder;
  private final Path taskRoot;
  private final Path temporary;
  private final String nativeClient;

  private FunctionFolder(
      TemporaryFolder folder, Path taskRoot, Path temporary, String nativeClient) {
    this.folder = folder;
    this.taskRoot = taskRoot;
    this.temporary = temporary;
    this.nativeClient = nativeClient;
  }

  /**
   * @throws LocalAwsException when the code is no package, or this machine cannot run it
   */
  static FunctionFolder of(Path code) {
    TemporaryFolder folder = TemporaryFolder.create("sluice-lambda-");
    try {
      Path temporary = Files.createDirectory(folder.path().resolve("tmp"));
      Path task = Files.createDirectory(folder.path().resolve("task"));
      return new FunctionFolder(
          folder,
          FunctionCode.taskRoot(code, task),
          temporary,
          NativeClient.unpackInto(folder.path()));
    } catch (IOException noFolder) {
      folder.close();
      throw new LocalAwsException("The function cannot be unpacked: " + noFolder, noFolder);
    } catch (RuntimeException noPackage) {
      folder.close();
      throw noPackage;
    }
  }

  Path taskRoot() {
    return taskRoot;
  }

  /** The function's java.io.tmpdir. */
  Path temporary() {
    return temporary;
  }

  /** The JVM option that names the native part. */
  String nativeClient() {
    return nativeClient;
  }

  @Override
  public void close() {
    folder.close();
  }
}
