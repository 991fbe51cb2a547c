package dev.sluice.jmh.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the figures of the documentation to the newest result file. {@code -Ddocs.rewrite=true}
 * writes them into the pages.
 */
class PerformancePageTest {
  private static final Path RESULTS = Path.of("results");
  private static final Pattern BLOCK = Pattern.compile("<!-- results: ([a-z-]+) -->");
  private static final String BLOCK_END = "<!-- end of results -->";

  @ParameterizedTest
  @ValueSource(strings = {"docs/performance.md", "docs/firehose.md", "docs/sizing.md", "README.md"})
  void showsTheNewestResult(String name) throws IOException {
    Path page = Path.of("..").resolve(name);
    List<String> expected = withBlocks(Files.readAllLines(page), ResultTables.newest(RESULTS));
    if (Boolean.getBoolean("docs.rewrite")) {
      Files.write(page, expected);
    }
    assertThat(Files.readAllLines(page)).isEqualTo(expected);
  }

  @Test
  void performancePageHasFigures() throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "performance.md"))).containsPattern(BLOCK);
  }

  /** The page with the lines between its marks made anew. */
  private static List<String> withBlocks(List<String> page, ResultTables tables) {
    var lines = new ArrayList<String>();
    boolean inBlock = false;
    for (String line : page) {
      Matcher block = BLOCK.matcher(line);
      inBlock &= !line.equals(BLOCK_END);
      if (!inBlock) {
        lines.add(line);
      }
      if (block.matches()) {
        lines.addAll(tables.block(block.group(1)));
        inBlock = true;
      }
    }
    assertThat(inBlock).as("a block without its end").isFalse();
    return lines;
  }
}
