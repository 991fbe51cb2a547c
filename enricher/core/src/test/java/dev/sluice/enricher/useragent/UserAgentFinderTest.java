package dev.sluice.enricher.useragent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.AllocationProbe;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A finder answers what the classifier says, whatever it remembers. */
class UserAgentFinderTest {
  private static final long SEED = 20_251_123;
  private static final int LOOK_UPS = 20_000;
  private static final UserAgentClassifier CLASSIFIER = UserAgentClassifier.open(Optional.empty());

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  /** 0 lets all user agents share one hash, 1L << 32 one of two sets. */
  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1L << 32})
  void answersAsWithoutAnyCacheWhateverHashesCollide(long hashMask) {
    List<byte[]> agents = agents();
    List<byte[]> expected = new ArrayList<>();
    for (byte[] agent : agents) {
      expected.add(render(agent));
    }
    var random = new Random(SEED);
    var finder = new UserAgentFinder(fragments(50), hashMask); // far fewer than there are
    for (int i = 0; i < LOOK_UPS; i++) {
      // A few come often, so that they are found in the table; the rest pushes them out.
      int which = random.nextInt(random.nextBoolean() ? 8 : agents.size());
      byte[] agent = agents.get(which);
      int offset = random.nextInt(9);
      byte[] line = new byte[offset + agent.length + random.nextInt(9)];
      random.nextBytes(line);
      System.arraycopy(agent, 0, line, offset, agent.length);
      UserAgentFragment found = finder.find(line, offset, offset + agent.length);
      if (!Arrays.equals(found.json(), expected.get(which))) {
        assertThat(new String(found.json(), UTF_8))
            .as("%s", new String(agent, UTF_8))
            .isEqualTo(new String(expected.get(which), UTF_8));
      }
    }
  }

  @Test
  void tellsAgentsApartThatAreEqualUpToWhereOneEnds() {
    var finder = new UserAgentFinder(fragments(100), 0);
    byte[] text = "Mozilla/5.0 (X11; Linux x86_64) Firefox/120.0".getBytes(UTF_8);
    for (int round = 0; round < 3; round++) {
      for (int length = 0; length <= text.length; length++) {
        assertThat(finder.find(text, 0, length).json())
            .isEqualTo(render(Arrays.copyOf(text, length)));
      }
    }
  }

  @Test
  void allocatesNothingOnceWarm() {
    List<byte[]> agents = agents().subList(0, 300);
    UserAgentFinder finder = fragments(1_000).newFinder();
    assertThat(AllocationProbe.bytesOnceWarm(() -> findAll(finder, agents))).isZero();
  }

  @Test
  void allocatesNothingWhereHashesCollideOnceWarm() {
    List<byte[]> agents = agents().subList(0, 30);
    var finder = new UserAgentFinder(fragments(1_000), 0);
    assertThat(AllocationProbe.bytesOnceWarm(() -> findAll(finder, agents))).isZero();
  }

  @Test
  void agentsThatNeverComeAgainPushNobodyOut() {
    UserAgentFinder finder = fragments(1_000).newFinder();
    byte[] known = "curl/8.4.0".getBytes(UTF_8);
    finder.find(known, 0, known.length);
    UserAgentFragment first = finder.find(known, 0, known.length);
    for (int i = 0; i < 20_000; i++) {
      byte[] stranger = ("stranger/" + i).getBytes(UTF_8);
      finder.find(stranger, 0, stranger.length);
    }
    double gets = sharedGets();
    assertThat(finder.find(known, 0, known.length)).isSameAs(first);
    assertThat(sharedGets()).isEqualTo(gets);
  }

  @Test
  void countsMissesOfTheSharedCacheAndHitsOfBoth() {
    UserAgentFinder finder = fragments(1_000).newFinder();
    byte[] agent = "curl/8.4.0".getBytes(UTF_8);
    for (int i = 0; i < 2 + 64; i++) {
      finder.find(agent, 0, agent.length);
    }
    assertThat(gets("user-agent", "miss")).isEqualTo(1);
    assertThat(gets("user-agent", "hit")).isEqualTo(1);
    assertThat(gets("user-agent-finder", "hit")).isEqualTo(64);
  }

  @Test
  void longAgentsAreLeftToTheSharedCacheAndCutForClassification() {
    UserAgentFinder finder = fragments(1_000).newFinder();
    byte[] agent = ("curl/8.4.0 " + "x".repeat(5_000)).getBytes(UTF_8);
    for (int i = 0; i < 4; i++) {
      finder.find(agent, 0, agent.length - i);
    }
    assertThat(gets("user-agent", "miss")).isEqualTo(1);
    assertThat(gets("user-agent", "hit")).isEqualTo(3);
  }

  private double sharedGets() {
    return gets("user-agent", "hit") + gets("user-agent", "miss");
  }

  private double gets(String cache, String result) {
    return metrics
        .get("cache.gets")
        .tags("cache", cache, "result", result)
        .functionCounter()
        .count();
  }

  private UserAgentFragments fragments(int maxEntries) {
    return new UserAgentFragments(CLASSIFIER, UserAgentRenderer.FLAT, maxEntries, metrics);
  }

  private static void findAll(UserAgentFinder finder, List<byte[]> agents) {
    for (int i = 0; i < agents.size(); i++) {
      finder.find(agents.get(i), 0, agents.get(i).length);
    }
  }

  private static List<byte[]> agents() {
    return KnownAgents.written().stream().map(agent -> agent.getBytes(UTF_8)).toList();
  }

  private static byte[] render(byte[] agent) {
    int length = Math.min(agent.length, UserAgentFragments.MAX_CLASSIFIED_BYTES);
    Classification said = CLASSIFIER.classify(new String(agent, 0, length, UTF_8));
    return UserAgentFragment.of(said, UserAgentRenderer.FLAT).json();
  }
}
