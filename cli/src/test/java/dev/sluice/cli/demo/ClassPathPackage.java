package dev.sluice.cli.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** A package of a function whose only jar leads to the whole class path of the test. */
final class ClassPathPackage {

  private ClassPathPackage() {}

  static Path in(Path parent) throws IOException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" "));
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    Path lib = Files.createDirectories(parent.resolve("function/lib"));
    new JarOutputStream(Files.newOutputStream(lib.resolve("classpath.jar")), manifest).close();
    return lib.getParent();
  }
}
