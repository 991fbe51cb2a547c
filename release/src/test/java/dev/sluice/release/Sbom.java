package dev.sluice.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bill of materials in CycloneDX's JSON, and what a good one is. */
final class Sbom {

  /** A library of Maven by its package URL: group, name, version, and then a classifier, if any. */
  private static final Pattern PURL =
      Pattern.compile(
          "pkg:maven/([^/]+)/([^@]+)@([^?]+)\\?(?:classifier=([^&]+)&)?type=(jar|pom|test-jar)");

  private final List<JsonNode> components = new ArrayList<>();

  private Sbom(JsonNode document) {
    document.path("components").forEach(components::add);
  }

  static Sbom read(Path file) throws IOException {
    return new Sbom(new ObjectMapper().readTree(file.toFile()));
  }

  static Sbom of(String json) throws IOException {
    return new Sbom(new ObjectMapper().readTree(json));
  }

  /**
   * What is wrong, a line each.
   *
   * @param shipped the names of the jars in the packages
   */
  List<String> broken(Collection<String> shipped) {
    var broken = new ArrayList<String>();
    SortedSet<String> named = new TreeSet<>();
    var libraries = new TreeSet<String>();
    for (JsonNode component : components) {
      String purl = component.path("purl").asText();
      Matcher library = PURL.matcher(purl);
      if (!library.matches()) {
        broken.add("no library of Maven: " + purl);
        continue;
      }
      if (library.group(5).equals("pom")) {
        continue; // says what belongs together, and is no file
      }
      named.add(jar(library));
      if (!libraries.add(library.group(1) + ":" + library.group(2))) {
        broken.add("two versions: " + purl);
      }
      if (purl.startsWith("pkg:maven/com.amazonaws/aws-java-sdk")) {
        broken.add("AWS SDK of version 1: " + purl);
      }
      if (component.path("licenses").isEmpty()) {
        broken.add("no licence: " + purl);
      }
      if (component.path("hashes").isEmpty()) {
        broken.add("no hash: " + purl);
      }
    }
    shipped.stream()
        .filter(jar -> !named.contains(jar))
        .forEach(jar -> broken.add("shipped, but not named: " + jar));
    named.stream()
        .filter(jar -> !shipped.contains(jar))
        .forEach(jar -> broken.add("named, but not shipped: " + jar));
    return broken;
  }

  private static String jar(Matcher library) {
    String classifier = library.group(4) == null ? "" : "-" + library.group(4);
    return library.group(2) + "-" + library.group(3) + classifier + ".jar";
  }
}
