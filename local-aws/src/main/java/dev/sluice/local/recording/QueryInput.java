package dev.sluice.local.recording;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The parameters of one request of the query protocol, or of a structure in it. */
final class QueryInput {
  private final TreeMap<String, String> parameters;
  private final String prefix;

  private QueryInput(TreeMap<String, String> parameters, String prefix) {
    this.parameters = parameters;
    this.prefix = prefix;
  }

  /**
   * Reads a form.
   *
   * @throws IllegalArgumentException if it is none
   */
  static QueryInput parse(String form) {
    var parameters = new TreeMap<String, String>();
    for (String pair : form.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return new QueryInput(parameters, "");
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(parameters.get(prefix + name));
  }

  /** The number; empty when it is absent or none. */
  Optional<Double> number(String name) {
    try {
      return text(name).map(Double::valueOf);
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  /** The structures of a list: {@code name.1.}, {@code name.2.} and so on. */
  List<QueryInput> structures(String name) {
    var structures = new ArrayList<QueryInput>();
    for (int i = 1; ; i++) {
      String start = prefix + name + "." + i + ".";
      String first = parameters.ceilingKey(start);
      if (first == null || !first.startsWith(start)) {
        return structures;
      }
      structures.add(new QueryInput(parameters, start));
    }
  }

  /** The numbers of a list: {@code name.1}, {@code name.2} and so on. */
  List<Double> numbers(String name) {
    var numbers = new ArrayList<Double>();
    for (int i = 1; number(name + "." + i).isPresent(); i++) {
      numbers.add(number(name + "." + i).get());
    }
    return numbers;
  }
}
