package dev.sluice.enricher.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import ua_parser.Parser;

/** The classifier says what uap-java says, for the list inside uap-java. */
class UapJavaTwinTest {
  private static final long SEED = 20_251_121;
  private static final int MATCHING_EACH = 3;

  /** Many more are tried with {@code mvn test -Dsluice.userAgents=1000000}. */
  private static final int MUTATIONS = Integer.getInteger("sluice.userAgents", 20_000);

  private static final UapJava UAP_JAVA = new UapJava(new Parser());
  private static final UserAgentClassifier CLASSIFIER = UserAgentClassifier.open(Optional.empty());

  @Test
  void agreesOnTheAgentsOfTheSampleLogAndTheGoldenFiles() {
    List<String> agents = KnownAgents.written();
    assertThat(agents).hasSizeGreaterThan(300);
    agents.forEach(this::assertSame);
  }

  @Test
  void agreesOnAgentsMadeForEachExpression() throws IOException {
    List<Expression> expressions = Expressions.ofUapJava();
    for (Expression expression : expressions) {
      List<String> agents = KnownAgents.matching(List.of(expression), MATCHING_EACH);
      assertThat(agents).as(expression.regex()).isNotEmpty();
      agents.forEach(this::assertSame);
    }
  }

  @Test
  void agreesOnMutationsOfThose() throws IOException {
    var agents = new ArrayList<String>(KnownAgents.written());
    agents.addAll(KnownAgents.matching(Expressions.ofUapJava(), 1));
    var mutations = new AgentMutations(new Random(SEED), agents);
    for (int i = 0; i < MUTATIONS; i++) {
      assertSame(mutations.next());
    }
  }

  private void assertSame(String agent) {
    ParsedUserAgent expected = UAP_JAVA.parse(agent);
    assertThat(CLASSIFIER.parse(agent)).as(agent).isEqualTo(expected);
    assertThat(CLASSIFIER.classify(agent))
        .as(agent)
        .isEqualTo(UAP_JAVA.classification(agent, expected));
  }
}
