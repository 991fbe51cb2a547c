package dev.sluice.enricher.useragent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.LineKind;
import dev.sluice.samples.SyntheticAccessLog;
import dev.sluice.samples.SyntheticLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;

/** User agents for tests. */
final class KnownAgents {
  private static final int SAMPLE_LINES = 20_000;
  private static final long SEED = 20_251_121;

  private KnownAgents() {}

  /** Those of the sample log and of the golden files. */
  static List<String> written() {
    var agents = new TreeSet<String>();
    var log = new SyntheticAccessLog(SEED, AccessLogOptions.defaults());
    for (int i = 0; i < SAMPLE_LINES; i++) {
      SyntheticLine line = log.next();
      if (line.kind() == LineKind.PLAIN) {
        String text = new String(line.bytes(), StandardCharsets.UTF_8).stripTrailing();
        agents.add(text.substring(text.lastIndexOf('"', text.length() - 2) + 1, text.length() - 1));
      }
    }
    agents.addAll(golden());
    agents.add("");
    return List.copyOf(agents);
  }

  private static Collection<String> golden() {
    var agents = new TreeSet<String>();
    var json = new ObjectMapper();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          if (line.startsWith("json  ") || line.startsWith("warn  ")) {
            agents.add(json.readTree(line.substring(6)).path("agent").asText());
          }
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a golden file without JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return agents;
  }

  /** Some for each of the expressions, each matched by it. */
  static List<String> matching(List<Expression> expressions, int each) {
    var sampler = new RegexSampler(new Random(SEED));
    var agents = new ArrayList<String>();
    for (Expression expression : expressions) {
      agents.addAll(sampler.matching(expression, each));
    }
    return agents;
  }
}
