package dev.sluice.deploy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what is wrong with the parameters of a deployment; deploy/deploy asks before it begins. */
public final class CheckParameters {
  private static final int WRONG = 2;
  private static final int OPTIONS = 2;

  private CheckParameters() {}

  /**
   * @param args the template; a file of values that the stack has, {@code NAME<tab>VALUE} a line;
   *     then {@code NAME=VALUE} each
   */
  public static void main(String[] args) throws IOException {
    var template = new JsonMapper().readTree(Path.of(args[0]).toFile());
    var before = pairs(Files.readAllLines(Path.of(args[1])), "\t");
    var given = pairs(List.of(args).subList(OPTIONS, args.length), "=");
    List<String> problems = new TemplateParameters(template).problems(given, before);
    problems.forEach(System.err::println);
    if (!problems.isEmpty()) {
      System.exit(WRONG);
    }
  }

  private static Map<String, String> pairs(List<String> lines, String separator) {
    var pairs = new LinkedHashMap<String, String>();
    for (String line : lines) {
      String[] parts = line.split(separator, 2);
      pairs.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    return pairs;
  }
}
