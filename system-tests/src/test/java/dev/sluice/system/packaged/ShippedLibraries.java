package dev.sluice.system.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** The jars of a package that users get, and what none of them may hold. */
final class ShippedLibraries {

  /** Told by their classes, as a jar may have any name. */
  private static final Map<String, Predicate<String>> UNWANTED = new LinkedHashMap<>();

  static {
    UNWANTED.put(
        "AWS SDK of version 1",
        name ->
            name.startsWith("com/amazonaws/")
                && !name.startsWith("com/amazonaws/services/lambda/runtime/"));
    UNWANTED.put(
        "DynamoDB Local, which may not be shipped",
        name -> name.startsWith("software/amazon/dynamodb/"));
    UNWANTED.put("MariaDB for tests", name -> name.startsWith("ch/vorburger/"));
    UNWANTED.put("the local stack", name -> name.startsWith("dev/sluice/local/"));
    UNWANTED.put("the demo", name -> name.startsWith("dev/sluice/cli/demo/"));
    UNWANTED.put("tests", name -> name.startsWith("org/junit/") || name.startsWith("org/assertj/"));
  }

  /** A name, a hyphen and a version, which starts with a digit. */
  private static final Pattern NAMED = Pattern.compile("(.+?)-\\d.*\\.jar");

  private final SortedMap<String, List<String>> classes = new TreeMap<>(); // by the jar's name

  private ShippedLibraries() {}

  /** Of the jars in a folder. */
  static ShippedLibraries ofFolder(Path lib) throws IOException {
    var libraries = new ShippedLibraries();
    try (var files = Files.newDirectoryStream(lib, "*.jar")) {
      for (Path jar : files) {
        libraries.classes.put(jar.getFileName().toString(), classes(jar));
      }
    }
    return libraries;
  }

  /**
   * Of the jars in a function's zip.
   *
   * @param folder takes them, and is empty
   */
  static ShippedLibraries ofZip(Path file, Path folder) throws IOException {
    try (var zip = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          Files.copy(zip, folder.resolve(Path.of(entry.getName()).getFileName()));
        }
      }
    }
    return ofFolder(folder);
  }

  /** What lies below META-INF belongs to another Java, or is no class of the jar's own. */
  private static List<String> classes(Path jar) throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      return zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class"))
          .filter(name -> !name.startsWith("META-INF/") && !name.equals("module-info.class"))
          .toList();
    }
  }

  int count() {
    return classes.size();
  }

  /** What is wrong, a line each; nothing when they may be shipped. */
  List<String> broken() {
    var broken = new ArrayList<String>();
    classes.forEach((jar, names) -> broken.addAll(unwanted(jar, names)));
    broken.addAll(doubled());
    return broken;
  }

  private static List<String> unwanted(String jar, List<String> names) {
    var broken = new ArrayList<String>();
    UNWANTED.forEach(
        (what, unwanted) ->
            names.stream()
                .filter(unwanted)
                .findFirst()
                .ifPresent(name -> broken.add(jar + " has " + what + ": " + name)));
    return broken;
  }

  /** One version of each library, and each class once: which one is loaded is chance otherwise. */
  private List<String> doubled() {
    var broken = new ArrayList<String>();
    var jarOfLibrary = new HashMap<String, String>();
    var jarOfClass = new HashMap<String, String>();
    classes.forEach(
        (jar, names) -> {
          var named = NAMED.matcher(jar);
          String first = named.matches() ? jarOfLibrary.putIfAbsent(named.group(1), jar) : null;
          if (first != null) {
            broken.add(jar + " is " + first + " in another version");
            return;
          }
          for (String name : names) {
            String other = jarOfClass.putIfAbsent(name, jar);
            if (other != null) {
              broken.add(jar + " has a class of " + other + ": " + name);
              return;
            }
          }
        });
    return broken;
  }
}
