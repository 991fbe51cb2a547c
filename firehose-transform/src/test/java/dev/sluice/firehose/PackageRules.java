package dev.sluice.firehose;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * What a package of the function must not be; classes are told by their names, as jars have any.
 */
final class PackageRules {

  static final long MAX_BYTES = 25L * 1024 * 1024;

  private static final String HANDLER = "dev/sluice/firehose/FirehoseTransformHandler.class";
  private static final Map<String, Predicate<String>> UNWANTED = new LinkedHashMap<>();

  static {
    UNWANTED.put("KCL", name -> name.startsWith("software/amazon/kinesis/"));
    UNWANTED.put(
        "Netty",
        name -> name.contains("io/netty/") || name.startsWith("software/amazon/awssdk/http/nio/"));
    UNWANTED.put(
        "AWS SDK of version 1",
        name ->
            name.startsWith("com/amazonaws/")
                && !name.startsWith("com/amazonaws/services/lambda/runtime/"));
    UNWANTED.put(
        "tests",
        name ->
            name.startsWith("dev/sluice/samples/")
                || name.startsWith("dev/sluice/local/")
                || name.startsWith("org/junit/"));
  }

  private PackageRules() {}

  /** What is wrong with the zip, a line each; nothing when it may be deployed. */
  static List<String> broken(Path zip) throws IOException {
    var broken = new ArrayList<String>();
    if (Files.size(zip) >= MAX_BYTES) {
      broken.add("has " + Files.size(zip) + " bytes");
    }
    List<String> classes = classes(zip);
    if (!classes.contains(HANDLER)) {
      broken.add("has no " + HANDLER);
    }
    UNWANTED.forEach(
        (what, unwanted) ->
            classes.stream()
                .filter(unwanted)
                .findFirst()
                .ifPresent(name -> broken.add("has " + what + ": " + name)));
    return broken;
  }

  private static List<String> classes(Path zip) throws IOException {
    var names = new ArrayList<String>();
    try (var entries = new ZipFile(zip.toFile())) {
      entries.stream()
          .filter(entry -> entry.getName().endsWith(".jar"))
          .forEach(entry -> addNames(entries, entry, names));
    }
    return names;
  }

  private static void addNames(ZipFile zip, ZipEntry jar, List<String> names) {
    try (InputStream in = zip.getInputStream(jar);
        var entries = new ZipInputStream(in)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (entry.getName().endsWith(".class")) {
          names.add(entry.getName());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
