package dev.sluice.enricher.steps;

import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.geo.Address;
import dev.sluice.enricher.geo.AddressRange;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes conditions out of their text. Each takes alternatives, of which one must hold. */
final class FilterConditions {
  /** The kind that looks at the position of a line. */
  static final String SAMPLE = "sample";

  private static final Pattern STATUS_CLASS = Pattern.compile("([1-9])xx");
  private static final Pattern STATUS_RANGE = Pattern.compile("(\\d{3})(?:-(\\d{3}))?");

  private static final Map<String, Function<List<String>, FilterCondition>> KINDS =
      Map.of(
          "path",
          FilterConditions::path,
          "status",
          FilterConditions::status,
          "method",
          FilterConditions::method,
          "agent",
          FilterConditions::agent,
          "host",
          FilterConditions::host,
          "lines",
          FilterConditions::lines,
          SAMPLE,
          FilterConditions::sample);

  private FilterConditions() {}

  /**
   * @throws IllegalArgumentException with one sentence on what is wrong
   */
  static FilterCondition of(String kind, List<String> alternatives) {
    Function<List<String>, FilterCondition> maker = KINDS.get(kind);
    if (maker == null) {
      throw new IllegalArgumentException(
          "\"" + kind + "\" is none of agent, host, lines, method, path, sample, status");
    }
    return maker.apply(alternatives);
  }

  private static FilterCondition path(List<String> patterns) {
    for (String pattern : patterns) {
      if (!pattern.startsWith("/") && !pattern.startsWith("*")) {
        throw new IllegalArgumentException(
            "the path \"" + pattern + "\" begins with neither / nor *");
      }
    }
    Glob[] globs = patterns.stream().map(Glob::new).toArray(Glob[]::new);
    return line -> {
      for (Glob glob : globs) {
        if (glob.matches(line.text(), line.pathFrom(), line.pathTo())) {
          return true;
        }
      }
      return false;
    };
  }

  private static FilterCondition status(List<String> texts) {
    var wanted = new boolean[1000];
    for (String text : texts) {
      Matcher statusClass = STATUS_CLASS.matcher(text);
      Matcher range = STATUS_RANGE.matcher(text);
      if (statusClass.matches()) {
        int first = Integer.parseInt(statusClass.group(1)) * 100;
        Arrays.fill(wanted, first, first + 100, true);
      } else if (range.matches() && text.compareTo("100") >= 0) {
        int first = Integer.parseInt(range.group(1));
        int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
        if (last < first) {
          throw new IllegalArgumentException("the range \"" + text + "\" ends before it begins");
        }
        Arrays.fill(wanted, first, last + 1, true);
      } else {
        throw new IllegalArgumentException(
            "\"" + text + "\" is no status such as 404, 4xx or 500-599");
      }
    }
    return line -> {
      int status = line.status();
      return status >= 0 && wanted[status];
    };
  }

  private static FilterCondition method(List<String> names) {
    byte[][] methods =
        names.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    return line -> {
      for (byte[] method : methods) {
        if (Arrays.equals(
            line.text(), line.methodFrom(), line.methodTo(), method, 0, method.length)) {
          return true;
        }
      }
      return false;
    };
  }

  private static FilterCondition agent(List<String> texts) {
    var substrings = new Substrings(texts);
    return line ->
        !line.fields().isMissing(Field.USER_AGENT)
            && substrings.areIn(
                line.text(),
                line.fields().from(Field.USER_AGENT),
                line.fields().to(Field.USER_AGENT));
  }

  private static FilterCondition host(List<String> texts) {
    List<AddressRange> ranges = texts.stream().map(AddressRange::parse).toList();
    return line -> {
      Address client = line.client();
      if (client == null) {
        return false;
      }
      for (AddressRange range : ranges) {
        if (range.contains(client)) {
          return true;
        }
      }
      return false;
    };
  }

  private static FilterCondition lines(List<String> names) {
    FilterCondition[] sets = names.stream().map(NamedLines::of).toArray(FilterCondition[]::new);
    return line -> {
      for (FilterCondition set : sets) {
        if (set.holds(line)) {
          return true;
        }
      }
      return false;
    };
  }

  private static FilterCondition sample(List<String> shares) {
    if (shares.size() > 1) {
      throw new IllegalArgumentException("a sample has one share");
    }
    return Sample.parse(shares.get(0));
  }
}
