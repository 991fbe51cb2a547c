package dev.sluice.enricher.useragent;

import dev.sluice.enricher.DatabaseFile;
import dev.sluice.enricher.UnusableDatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ua-parser's answer for one user agent, as uap-java gives it, and the device type. Thread-safe,
 * without a cache.
 *
 * <p>uap-java tries its expressions one by one. Here one search finds which literals a text holds,
 * and only expressions whose literals are there are tried, in the same order ({@link Prefilter}).
 */
public final class UserAgentClassifier {
  private final Prefilter expressions;

  private UserAgentClassifier(Prefilter expressions) {
    this.expressions = expressions;
  }

  /**
   * @param regexes a regexes.yaml of ua-parser, or empty for the one inside uap-java
   * @throws UnusableDatabaseException if the file is missing or is no such list
   */
  public static UserAgentClassifier open(Optional<Path> regexes) {
    return new UserAgentClassifier(
        regexes.isEmpty()
            ? Prefilter.of(PreparedFiles.ofUapJava())
            : new Prefilter(read(regexes.get())));
  }

  private static PreparedList read(Path regexes) {
    DatabaseFile.requireReadable(regexes);
    try (InputStream in = Files.newInputStream(regexes)) {
      return prepare(RegexesYaml.read(in));
    } catch (IOException e) {
      throw new UnusableDatabaseException(regexes, "not a readable file", e);
    } catch (RuntimeException | StackOverflowError e) {
      // SnakeYAML, Pattern and the reader each throw their own, over what the file says.
      throw new UnusableDatabaseException(regexes, "not a regexes.yaml of ua-parser", e);
    }
  }

  /** The expressions with the marks of the device types, each known to compile. */
  static PreparedList prepare(List<Expression> expressions) {
    var all = new ArrayList<Expression>(expressions);
    for (DeviceTypes.Mark mark : DeviceTypes.Mark.values()) {
      all.add(Expression.mark(mark));
    }
    all.forEach(Expression::compile);
    return PreparedList.prepare(all);
  }

  /** Classifies any text; see {@link Classification#UNKNOWN} for the answer to a failure. */
  public Classification classify(String userAgent) {
    try {
      Candidates candidates = expressions.candidates(userAgent);
      return DeviceTypes.classify(userAgent, candidates, parse(candidates));
    } catch (RuntimeException | StackOverflowError e) {
      // Expressions of a foreign list over text of a stranger: neither may stop a line.
      return Classification.UNKNOWN;
    }
  }

  /**
   * What uap-java's {@code Parser.parse} says.
   *
   * @throws RuntimeException where uap-java does, over a replacement that names a missing group
   */
  public ParsedUserAgent parse(String userAgent) {
    return parse(expressions.candidates(userAgent));
  }

  private static ParsedUserAgent parse(Candidates candidates) {
    return new ParsedUserAgent(
        product(candidates, ExpressionKind.USER_AGENT),
        product(candidates, ExpressionKind.OS),
        device(candidates));
  }

  // The first answer of a kind that is one counts. No functions as parameters: a start would have
  // to make a class for each.

  private static Product product(Candidates candidates, ExpressionKind kind) {
    candidates.begin(kind);
    while (candidates.next()) {
      Expression expression = candidates.expression();
      Product said =
          kind == ExpressionKind.OS
              ? Answers.os(expression, candidates.match())
              : Answers.browser(expression, candidates.match());
      if (said != null) {
        return said;
      }
    }
    return Product.OTHER;
  }

  private static String device(Candidates candidates) {
    candidates.begin(ExpressionKind.DEVICE);
    while (candidates.next()) {
      String said = Answers.device(candidates.expression(), candidates.match());
      if (said != null) {
        return said;
      }
    }
    return Product.OTHER.family();
  }
}
