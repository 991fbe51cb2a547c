package dev.sluice.cli.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every relative link and image of the documents leads somewhere. */
class LinkCheckTest {
  private static final Pattern PAGE = Pattern.compile("\\bdocs/[a-z-]+\\.md\\b");

  private static final Checkout CHECKOUT = Checkout.ofThisBuild();
  private static final List<MarkdownPage> PAGES = CHECKOUT.pages();

  @TempDir private Path folder;

  @Test
  void noDocumentHasABrokenLink() {
    assertThat(PAGES)
        .extracting(MarkdownPage::name)
        .contains("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "docs/README.md");
    assertThat(PAGES.stream().mapToInt(page -> page.links().size()).sum()).isGreaterThan(200);
    assertThat(new LinkCheck(CHECKOUT, PAGES).broken()).isEmpty();
  }

  @Test
  void theIndexNamesEveryPageAndEveryModuleHasItsRow() {
    MarkdownPage index = page("docs/README.md");
    for (MarkdownPage page : PAGES) {
      if (page.name().matches("docs/(?!README)\\w[^/]*\\.md")) {
        String file = page.name().substring("docs/".length());
        assertThat(index.links()).extracting(MarkdownPage.Link::target).contains(file);
      }
    }
    String modules = CHECKOUT.text("docs/modules.md");
    List<String> withoutARow =
        Pattern.compile("<module>([^<]+)</module>")
            .matcher(CHECKOUT.text("pom.xml"))
            .results()
            .map(module -> module.group(1))
            .filter(module -> !modules.contains("| [" + module + "](../" + module + ") |"))
            .filter(module -> !modules.contains("| `" + module + "` |"))
            .toList();
    assertThat(withoutARow).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"README.md, 120", "ARCHITECTURE.md, 110"})
  void theFirstPagesStayShort(String name, int lines) {
    assertThat(CHECKOUT.text(name).lines().count()).isLessThanOrEqualTo(lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {".java", "pom.xml", ".properties", ".ci/run", "Makefile"})
  void everyPageThatASourceNamesIsThere(String kind) throws IOException {
    List<Path> sources =
        CHECKOUT.files(kind).stream()
            .filter(source -> !source.toString().contains("/src/test/"))
            .toList();
    assertThat(sources).isNotEmpty();
    var missing = new TreeSet<String>();
    for (Path source : sources) {
      PAGE.matcher(Files.readString(source))
          .results()
          .map(MatchResult::group)
          .filter(page -> !Files.exists(CHECKOUT.root().resolve(page)))
          .forEach(page -> missing.add(source + ": " + page));
    }
    assertThat(missing).isEmpty();
  }

  private static MarkdownPage page(String name) {
    return PAGES.stream().filter(page -> page.name().equals(name)).findAny().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "see [this](missing.md)              | README.md:2: missing.md: no such file",
        "![picture](docs/no.png)             | README.md:2: docs/no.png: no such file",
        "<img alt=x src=\"docs/no.svg\">    | README.md:2: docs/no.svg: no such file",
        "[there](docs/page.md#nothing)       | README.md:2: docs/page.md#nothing: no such heading",
        "[here](#nowhere)                    | README.md:2: #nowhere: no such heading",
        "[`code`](gone.md \"title\")            | README.md:2: gone.md: no such file",
        "[out](../other)                     | README.md:2: ../other: leads out of the checkout",
        "[built](cli/target/made.txt)        | README.md:2: cli/target/made.txt: no such file",
      })
  void findsALinkThatLeadsNowhere(String line, String message) throws IOException {
    assertThat(broken(line)).containsExactly(message.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[there](docs/page.md#two-words-and-code-1) and [folder](docs)",
        "[here](#title) [spaced](docs/a%20b.txt) [named](docs/page.md#by-name)",
        "[elsewhere](https://example.com/x#y) <https://example.com>",
        "`[code](missing.md)`",
      })
  void isSilentAboutLinksThatLeadSomewhere(String line) throws IOException {
    assertThat(broken(line)).isEmpty();
  }

  @Test
  void doesNotLookIntoBlocksOfCode() throws IOException {
    assertThat(broken("\n```sh\n[a](missing.md)\n```\n\n    [b](missing.md)\n\nend")).isEmpty();
  }

  private List<String> broken(String line) throws IOException {
    Files.createDirectories(folder.resolve("docs"));
    Files.createDirectories(folder.resolve("cli").resolve("target"));
    Files.writeString(folder.resolve("cli").resolve("target").resolve("made.txt"), "");
    Files.writeString(folder.resolve("docs").resolve("a b.txt"), "");
    Files.writeString(
        folder.resolve("docs").resolve("page.md"),
        "# Page\n\n## Two words, and `code`\n\n## Two words and code\n\n<a id=\"by-name\"></a>\n");
    Files.writeString(folder.resolve("README.md"), "# Title\n" + line + '\n');
    var checkout = new Checkout(folder);
    return new LinkCheck(checkout, checkout.pages()).broken();
  }
}
