package dev.sluice.enricher.format;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A format string compiled: the regular expression that defines which lines are of the format, and
 * which group is which field. Runs over bytes as ISO 8859-1, so that a character is a byte and
 * every index an offset. Immutable.
 */
public final class LineLayout {
  private static final String EXTRA = "((?:[ \\t].*+)?+)";
  private static final Set<Field> REQUEST_PARTS =
      Set.of(Field.METHOD, Field.URL_PATH, Field.QUERY, Field.PROTOCOL);

  private final List<FormatPart> parts;
  private final Map<Field, FormatPart> chosen;
  private final Map<Field, Integer> groups = new EnumMap<>(Field.class);
  private final Pattern pattern;
  private final Field[] fields;
  private final int[] fieldGroups;

  private LineLayout(List<FormatPart> parts) {
    this.parts = List.copyOf(parts);
    chosen = chosenParts();
    pattern = Pattern.compile(expression(), Pattern.DOTALL);
    aliasIfMissing(Field.BYTES, Field.BYTES_SENT);
    aliasIfMissing(Field.REMOTE_HOST, Field.CLIENT_ADDRESS);
    fields = groups.keySet().toArray(new Field[0]);
    fieldGroups = groups.values().stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Compiles a {@code LogFormat} string.
   *
   * @throws dev.sluice.enricher.InvalidLogFormatException if it is none
   */
  public static LineLayout compile(String formatString) {
    return new LineLayout(FormatString.parse(formatString));
  }

  private String expression() {
    var expression = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      FormatPart part = parts.get(i);
      String regex = new PartExpression(parts, i).regex();
      if (isChosen(part)) {
        groups.put(part.field(), groups.size() + 1);
        expression.append('(').append(regex).append(')');
      } else {
        expression.append(regex);
      }
    }
    groups.put(Field.EXTRA, groups.size() + 1);
    return expression.append(EXTRA).toString();
  }

  /** Whether the part is the one that gives its field. */
  boolean isChosen(FormatPart part) {
    return part.field() != null && chosen.get(part.field()) == part;
  }

  /** Where several directives tell the same, the lowest rank, then the first. */
  private Map<Field, FormatPart> chosenParts() {
    Map<Field, FormatPart> chosen = new EnumMap<>(Field.class);
    for (FormatPart part : parts) {
      if (part.field() != null) {
        chosen.merge(part.field(), part, (a, b) -> b.rank() < a.rank() ? b : a);
      }
    }
    return chosen;
  }

  private void aliasIfMissing(Field missing, Field instead) {
    if (!groups.containsKey(missing) && groups.containsKey(instead)) {
      groups.put(missing, groups.get(instead));
    }
  }

  Matcher newMatcher() {
    return pattern.matcher("");
  }

  List<FormatPart> parts() {
    return parts;
  }

  /** The fields that lines of the format have. */
  public Set<Field> fields() {
    return Set.copyOf(groups.keySet());
  }

  /** Whether the request line has to be put together from its parts. */
  boolean requestIsInParts() {
    return !groups.containsKey(Field.REQUEST_LINE) && groups.keySet().containsAll(REQUEST_PARTS);
  }

  /** Sets the fields that the matcher found in a line that begins at {@code from}. */
  void fill(AccessLogLine into, Matcher matcher, int from) {
    for (int i = 0; i < fields.length; i++) {
      int group = fieldGroups[i];
      into.set(fields[i], from + matcher.start(group), from + matcher.end(group));
    }
  }

  /** Whether both take the same lines apart in the same way. */
  @Override
  public boolean equals(Object other) {
    return other instanceof LineLayout layout
        && layout.pattern.pattern().equals(pattern.pattern())
        && layout.groups.equals(groups);
  }

  @Override
  public int hashCode() {
    return pattern.pattern().hashCode();
  }
}
