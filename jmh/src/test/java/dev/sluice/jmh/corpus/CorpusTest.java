package dev.sluice.jmh.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.jmh.useragent.AgentTexts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorpusTest {

  @ParameterizedTest
  @EnumSource(Corpus.class)
  void isTheSameEveryTime(Corpus corpus) {
    Lines first = corpus.lines();
    Lines second = corpus.lines();
    assertThat(second.count()).isEqualTo(first.count());
    assertThat(Arrays.mismatch(second.bytes(), first.bytes())).isEqualTo(-1);
  }

  @Test
  void realHasTheSkewOfTheRealLog() {
    Lines lines = Corpus.REAL.lines();
    assertThat(lines.count()).isEqualTo(10_000);
    assertThat(addresses(lines).size()).isBetween(1_650, 1_850);
    assertThat(AgentTexts.distinct(lines).length).isBetween(520, 600);
  }

  @Test
  void zipfHasFewFrequentAddressesAndManyRareOnes() {
    assertThat(addresses(Corpus.ZIPF.lines()).size()).isBetween(40_000, 120_000);
  }

  @Test
  void botsHaveManyUserAgents() {
    assertThat(AgentTexts.distinct(Corpus.BOTS.lines()).length).isGreaterThan(100);
  }

  @Test
  void noAddressAndNoUserAgentOfHostileComesTwiceNotEvenOnAnotherThread() {
    Lines one = Corpus.HOSTILE.lines();
    Lines other = one.forThread(1);
    Set<String> addresses = addresses(one);
    Set<String> agents = new HashSet<>(Set.of(AgentTexts.distinct(one)));
    assertThat(addresses).hasSize(one.count());
    assertThat(agents).hasSize(one.count());
    for (int i = 0; i < one.count(); i++) {
      one.renew(i);
      other.renew(i);
    }
    addresses.addAll(addresses(one));
    addresses.addAll(addresses(other));
    agents.addAll(Set.of(AgentTexts.distinct(one)));
    agents.addAll(Set.of(AgentTexts.distinct(other)));
    assertThat(addresses).hasSize(3 * one.count());
    assertThat(agents).hasSize(3 * one.count());
  }

  private static Set<String> addresses(Lines lines) {
    var addresses = new HashSet<String>();
    for (int i = 0; i < lines.count(); i++) {
      String line = new String(lines.line(i), StandardCharsets.UTF_8);
      addresses.add(line.substring(0, line.indexOf(' ')));
    }
    return addresses;
  }
}
