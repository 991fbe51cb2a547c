package dev.sluice.cli.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.enrich.PageCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command in a block tagged {@code run} is run, and writes what the page says. */
class RunBlocksTest {
  private static final Checkout CHECKOUT = Checkout.ofThisBuild();
  private static final List<MarkdownPage> PAGES = CHECKOUT.pages();

  @TempDir private Path folder;

  @Test
  void everyCommandIsRunByABuildOrATest() {
    var blocks = new RunBlocks(CHECKOUT.text(".ci/run"), CHECKOUT);
    assertThat(blocks.notRun(PAGES)).isEmpty();
    assertThat(PAGES)
        .filteredOn(page -> page.name().equals("README.md"))
        .flatExtracting(MarkdownPage::fences)
        .as("the two commands of the README")
        .filteredOn(MarkdownPage.Fence::isRun)
        .hasSizeGreaterThanOrEqualTo(2);
  }

  static List<String> pagesWithSessions() {
    return PAGES.stream()
        .filter(
            page ->
                page.fences().stream()
                    .anyMatch(block -> block.isRun() && RunBlocks.isSession(block)))
        .map(MarkdownPage::name)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pagesWithSessions")
  void everyCommandWritesWhatThePageSays(String page) throws IOException {
    assertThat(new PageCommands(CHECKOUT.root().resolve(page), folder).check()).isNotEmpty();
  }

  @Test
  void commandsWithTheirOutputStandInSeveralPages() {
    assertThat(pagesWithSessions()).contains("docs/enrich.md", "docs/steps.md");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./sluice demo --lines 5",
        "./sluice demo --all --lines 3001",
        "make cofee",
        "make ratios"
      })
  void aCommandThatNobodyRunsIsFound(String command) throws IOException {
    assertThat(notRun("```sh run\n" + command + "\n```\n"))
        .containsExactly("README.md:2: nobody runs " + command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```sh run\n./sluice demo\n# a comment\n\nmvn verify\n```\n",
        "```sh run\n./sluice demo --all --lines 3000\nmake verify\n```\n",
        "```sh\n./sluice demo --lines 5\n```\n",
        "```console run\n$ ./sluice explain x\n```\n",
      })
  void isSilentAboutCommandsThatAreRunOrNotTagged(String block) throws IOException {
    assertThat(notRun(block)).isEmpty();
  }

  private List<String> notRun(String text) throws IOException {
    Path page = Files.writeString(folder.resolve("README.md"), text);
    return new RunBlocks("set -e\n  mvn -B verify\n./sluice demo\n", CHECKOUT)
        .notRun(List.of(MarkdownPage.read(folder, page)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$ ./sluice enrich samples/none.log; echo $?\nsluice enrich: no such file: other.log\n2\n",
        "$ ./sluice enrich samples/none.log\n",
        "$ rm -rf samples\n",
      })
  void outputThatIsNotThatOfThePageFails(String session) throws IOException {
    Path page =
        Files.writeString(folder.resolve("page.md"), "```console run\n" + session + "```\n");
    assertThatThrownBy(() -> new PageCommands(page, folder).check())
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void outputThatIsThatOfThePagePasses() throws IOException {
    Path page =
        Files.writeString(
            folder.resolve("page.md"),
            "```console run\n"
                + "$ ./sluice enrich samples/none.log; echo $?\n"
                + "sluice enrich: no such file: samples/none.log (see './sluice enrich --help')\n"
                + "2\n```\n");
    assertThat(new PageCommands(page, folder).check()).hasSize(1);
  }
}
