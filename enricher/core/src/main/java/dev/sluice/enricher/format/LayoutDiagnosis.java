package dev.sluice.enricher.format;

import dev.sluice.enricher.Outcome.Rejected;
import dev.sluice.enricher.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@link Diagnosis} for a format string: its parts one by one, until one does not fit. */
final class LayoutDiagnosis implements Diagnosis {
  private final List<Step> steps = new ArrayList<>();

  /**
   * @param shortest for text: up to the first byte that could end it
   * @param chosen whether the part gives its field, and is checked beyond its shape
   */
  private record Step(FormatPart part, Pattern regex, Pattern shortest, boolean chosen) {}

  LayoutDiagnosis(LineLayout layout) {
    for (int i = 0; i < layout.parts().size(); i++) {
      FormatPart part = layout.parts().get(i);
      var expression = new PartExpression(layout.parts(), i);
      steps.add(
          new Step(
              part,
              Pattern.compile(expression.regex(), Pattern.DOTALL),
              Pattern.compile(expression.shortest(), Pattern.DOTALL),
              layout.isChosen(part)));
    }
  }

  @Override
  public Rejected explain(byte[] text, int start, int from, int to) {
    return new Walk(text, start, from, to).run();
  }

  /** One line being walked along. Indexes count from its first field. */
  private final class Walk {
    private static final int NONE = -1;

    private final byte[] bytes;
    private final int start;
    private final int from;
    private final String text;

    private int at;
    private int partStart;
    private int openQuote = NONE;

    Walk(byte[] bytes, int start, int from, int to) {
      this.bytes = bytes;
      this.start = start;
      this.from = from;
      text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    Rejected run() {
      for (int i = 0; i < steps.size(); i++) {
        Rejected wrong = steps.get(i).part().isLiteral() ? literal(i) : field(i);
        if (wrong != null) {
          return wrong;
        }
      }
      FormatPart last = steps.get(steps.size() - 1).part();
      return last.isLiteral()
          ? rejected(RejectReason.TRAILING_BYTES, at)
          : rejected(reason(last), partStart);
    }

    private Rejected rejected(RejectReason reason, int index) {
      return new Rejected(reason, from - start + index);
    }

    private Rejected literal(int i) {
      String literal = steps.get(i).part().text();
      for (int k = 0; k < literal.length(); k++) {
        if (at == text.length() || text.charAt(at) != literal.charAt(k)) {
          return wrongLiteral(i, k);
        }
        if (literal.charAt(k) == '"') {
          openQuote = openQuote == NONE ? at : NONE;
        }
        at++;
      }
      return null;
    }

    /** How a literal begins closes the field before it, the rest opens the field after it. */
    private Rejected wrongLiteral(int i, int matched) {
      if (endsHere()) {
        return ended();
      }
      FormatPart before = i == 0 ? null : steps.get(i - 1).part();
      FormatPart after = i + 1 == steps.size() ? null : steps.get(i + 1).part();
      boolean closedQuote = matched == 1 && text.charAt(at - 1) == '"' && openQuote == NONE;
      if (before != null && (matched == 0 || closedQuote || after == null)) {
        boolean clings = before.extent() == FormatPart.Extent.SHAPED;
        return rejected(reason(before), clings ? partStart : at);
      }
      return rejected(after == null ? RejectReason.BAD_FIELD : reason(after), at);
    }

    private boolean endsHere() {
      String rest = text.substring(at);
      return openQuote == NONE ? rest.isBlank() : rest.isEmpty() || rest.equals("\\");
    }

    private Rejected ended() {
      return openQuote == NONE
          ? rejected(RejectReason.TRUNCATED, text.length())
          : rejected(RejectReason.UNTERMINATED_QUOTE, openQuote);
    }

    private Rejected field(int i) {
      Step step = steps.get(i);
      partStart = at;
      Matcher matcher = step.regex().matcher(text).region(at, text.length());
      if (!matcher.lookingAt()) {
        return wrongField(step, matcher.hitEnd());
      }
      at = matcher.end();
      if (!goesOn(i)) {
        // Nothing later fits, so the field ends where it could, and what follows is to blame.
        Matcher shortest = step.shortest().matcher(text).region(partStart, text.length());
        at = shortest.lookingAt() ? shortest.end() : at;
      }
      return step.chosen() ? check(step.part()) : null;
    }

    private boolean goesOn(int i) {
      return i + 1 == steps.size() || text.startsWith(steps.get(i + 1).part().text(), at);
    }

    private Rejected wrongField(Step step, boolean hitEnd) {
      if (step.part().text().equals(ClfTimestamp.REGEX)) {
        int end = ClfTimestamp.shapeEnd(bytes, from + at, from + text.length()) - from;
        return end == text.length() ? ended() : rejected(RejectReason.BAD_TIMESTAMP, end);
      }
      return hitEnd || endsHere() ? ended() : rejected(reason(step.part()), at);
    }

    /** What {@link FieldChecks} wants beyond the shape. */
    private Rejected check(FormatPart part) {
      int wrong =
          switch (part.field()) {
            case REMOTE_HOST, CLIENT_ADDRESS ->
                RemoteHost.firstWrong(bytes, from + partStart, from + at);
            case IDENTITY ->
                FieldChecks.isAddress(bytes, from + partStart, from + at) ? from + partStart : NONE;
            case TIMESTAMP ->
                ClfTimestamp.hasItsMarks(bytes, from + partStart, from + at)
                    ? ClfTimestamp.firstImpossible(bytes, from + partStart)
                    : NONE;
            default -> NONE;
          };
      return wrong == NONE ? null : rejected(reason(part), wrong - from);
    }
  }

  private static RejectReason reason(FormatPart part) {
    if (part.field() == null) {
      return RejectReason.BAD_FIELD;
    }
    return switch (part.field()) {
      case REMOTE_HOST, CLIENT_ADDRESS -> RejectReason.BAD_HOST;
      case IDENTITY -> RejectReason.BAD_IDENTITY;
      case USER -> RejectReason.BAD_USER;
      case TIMESTAMP -> RejectReason.BAD_TIMESTAMP;
      case REQUEST_LINE, METHOD, URL_PATH, QUERY, PROTOCOL -> RejectReason.BAD_REQUEST;
      case STATUS -> RejectReason.BAD_STATUS;
      case BYTES, BYTES_RECEIVED, BYTES_SENT -> RejectReason.BAD_BYTES;
      case REFERER -> RejectReason.BAD_REFERER;
      case USER_AGENT -> RejectReason.BAD_USER_AGENT;
      default -> RejectReason.BAD_FIELD;
    };
  }
}
