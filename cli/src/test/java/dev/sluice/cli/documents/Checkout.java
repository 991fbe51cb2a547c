package dev.sluice.cli.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The folder of a checkout, and what is written in it: no output of a build, nothing fetched. */
final class Checkout {
  private static final Set<String> NOT_WRITTEN =
      Set.of("target", "node_modules", "cdk.out", ".git", ".terraform");

  private final Path root;

  Checkout(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** That of this build. */
  static Checkout ofThisBuild() {
    return new Checkout(Path.of(".."));
  }

  Path root() {
    return root;
  }

  /** The documents of the root, of docs, and of the modules, in the order of their names. */
  List<MarkdownPage> pages() {
    return files(".md").stream().map(file -> MarkdownPage.read(root, file)).toList();
  }

  /** Files whose names end so. */
  List<Path> files(String suffix) {
    var found = new ArrayList<Path>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              boolean skipped = NOT_WRITTEN.contains(folder.getFileName().toString());
              return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (file.toString().endsWith(suffix)) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(null);
    return found;
  }

  boolean isWritten(Path file) {
    for (Path part : root.relativize(file)) {
      if (NOT_WRITTEN.contains(part.toString())) {
        return false;
      }
    }
    return Files.exists(file);
  }

  String text(String file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
