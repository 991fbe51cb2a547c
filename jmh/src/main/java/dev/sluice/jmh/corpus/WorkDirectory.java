package dev.sluice.jmh.corpus;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the module's build and benchmarks put their files: {@code jmh/target}. */
public final class WorkDirectory {
  private WorkDirectory() {}

  /** The folder of benchmarks.jar, or of the classes when there is no jar. */
  public static Path path() {
    try {
      return Path.of(
              WorkDirectory.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the class path has no folder", e);
    }
  }

  /** The checkout that {@code jmh/target} is in. */
  public static Path checkout() {
    return path().getParent().getParent();
  }
}
