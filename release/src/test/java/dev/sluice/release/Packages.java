package dev.sluice.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What lies in the files of the release. */
final class Packages {

  private Packages() {}

  /** The names of all entries of an archive. */
  static List<String> entries(Path archive) throws IOException, InterruptedException {
    if (archive.toString().endsWith(".zip")) {
      try (var zip = new ZipFile(archive.toFile())) {
        return zip.stream().map(ZipEntry::getName).toList();
      }
    }
    Process tar =
        new ProcessBuilder("tar", "-tzf", archive.toString()).redirectErrorStream(true).start();
    String names = new String(tar.getInputStream().readAllBytes(), UTF_8);
    assertThat(tar.waitFor()).as(names).isZero();
    return names.lines().toList();
  }

  /** The names of all jars in all packages of the folder. */
  static SortedSet<String> jars(Path release) throws IOException, InterruptedException {
    var jars = new TreeSet<String>();
    try (var files = Files.newDirectoryStream(release, "*.{zip,tar.gz}")) {
      for (Path archive : files) {
        entries(archive).stream()
            .filter(name -> name.endsWith(".jar"))
            .map(name -> name.substring(name.lastIndexOf('/') + 1))
            .forEach(jars::add);
      }
    }
    return jars;
  }
}
