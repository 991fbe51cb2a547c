package dev.sluice.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes packages of functions out of test classes: lib/function.jar, in a folder or in a zip. */
public final class FunctionPackage {

  private FunctionPackage() {}

  public static Path folder(Path parent, Class<?>... classes) throws IOException {
    Path lib = Files.createDirectories(parent.resolve("function/lib"));
    try (OutputStream out = Files.newOutputStream(lib.resolve("function.jar"))) {
      writeJar(out, classes);
    }
    return lib.getParent();
  }

  public static Path zip(Path parent, Class<?>... classes) throws IOException {
    Path file = parent.resolve("function.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("lib/"));
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry("lib/function.jar"));
      writeJar(zip, classes);
      zip.closeEntry();
    }
    return file;
  }

  private static void writeJar(OutputStream out, Class<?>... classes) throws IOException {
    var jar = new JarOutputStream(out);
    for (Class<?> each : classes) {
      String name = each.getName().replace('.', '/') + ".class";
      jar.putNextEntry(new JarEntry(name));
      try (InputStream in = each.getResourceAsStream("/" + name)) {
        in.transferTo(jar);
      }
      jar.closeEntry();
    }
    jar.finish();
  }
}
