package dev.sluice.enricher.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

/**
 * Behind the prefilter each expression finds what {@code Matcher.find} finds, to the group.
 * Stricter than the comparison with uap-java, where an earlier expression may hide what a later one
 * misses.
 */
class PrefilterTest {
  private static final long SEED = 20_251_122;
  private static final int AGENTS = 1_500;

  @Test
  void findsWhatEachExpressionOfTheListFinds() throws IOException {
    List<Expression> expressions = Expressions.ofUapJava();
    List<String> agents = new ArrayList<>(KnownAgents.written());
    agents.addAll(KnownAgents.matching(expressions, 1));
    var mutations = new AgentMutations(new Random(SEED), List.copyOf(agents));
    agents = new ArrayList<>();
    for (int i = 0; i < AGENTS; i++) {
      agents.add(mutations.next());
    }
    for (Expression expression : expressions) {
      List<String> texts = new ArrayList<>(KnownAgents.matching(List.of(expression), 2));
      texts.addAll(agents);
      assertFindsTheSame(expression, texts);
    }
  }

  static void assertFindsTheSame(Expression expression, List<String> texts) {
    PreparedList list = PreparedList.prepare(List.of(expression));
    var alone = new Prefilter(list);
    int firstGroup = list.expressions().get(0).lead() ? 1 : 0; // the whole match is not told then
    Matcher matcher = expression.compile().matcher("");
    for (String text : texts) {
      Candidates candidates = alone.candidates(text);
      candidates.begin(expression.kind());
      MatchResult found = candidates.next() ? candidates.match() : null;
      boolean expected = matcher.reset(text).find();
      if (expected != (found != null)) { // rather than a description for each of a million texts
        assertThat(found != null).as("%s in %s", expression.regex(), text).isEqualTo(expected);
      }
      if (expected) {
        assertThat(groups(found, firstGroup))
            .as("%s in %s", expression.regex(), text)
            .isEqualTo(groups(matcher, firstGroup));
      }
    }
  }

  private static List<String> groups(MatchResult match, int first) {
    var groups = new ArrayList<String>();
    for (int i = first; i <= match.groupCount(); i++) {
      groups.add(match.start(i) + " " + match.group(i));
    }
    return groups;
  }
}
