package dev.sluice.cli.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.AllCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents name is there: commands and options, tests, modules, targets, classes. */
class NamesInDocumentsTest {
  /** Words of AWS, KCL and others, in the form of a class or in capitals. */
  private static final Set<String> NOT_OURS =
      Set.of(
          "AggregatorUtil",
          "ByTime",
          "DynamoDb",
          "FileMetadata",
          "GetSecretValue",
          "HeadObject",
          "ListObjectsV2",
          "MillisBehindLatest",
          "NodeCountInliningCutoff",
          "OutOfMemoryError",
          "ProcessTask",
          "ProcessingFailed",
          "PutItem",
          "PutRecordBatch",
          "PutRecords",
          "REGEX_APACHE_COMBINED_LOG",
          "ReportBatchItemFailures",
          "SLUICE_JAVA_OPTIONS",
          "SendMessageBatch",
          "SubscribeToShard");

  /** Its entries tell of what was, too. */
  private static final String HISTORY = "CHANGELOG.md";

  private static final Checkout CHECKOUT = Checkout.ofThisBuild();
  private static final NameCheck NAMES = new NameCheck(CHECKOUT, NOT_OURS);
  private static final CommandLineCheck COMMANDS = new CommandLineCheck(AllCommands.commandLine());
  private static final List<MarkdownPage> PAGES =
      CHECKOUT.pages().stream().filter(page -> !page.name().equals(HISTORY)).toList();

  @TempDir private Path folder;

  @Test
  void everyDocumentedCommandAndOptionIsThere() {
    assertThat(COMMANDS.unknown(PAGES)).isEmpty();
  }

  @Test
  void everyCommandHasItsRow() {
    assertThat(AllCommands.commandLine().getSubcommands().keySet())
        .filteredOn(name -> !CHECKOUT.text("docs/commands.md").contains("| `./sluice " + name))
        .isEmpty();
  }

  @Test
  void everyNamedTestModuleProfileAndTargetIsThere() {
    assertThat(NAMES.unknownInCommands(PAGES)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ARCHITECTURE.md", "docs/internals.md", "docs/security.md"})
  void everyNamedClassIsThere(String name) {
    MarkdownPage page =
        PAGES.stream().filter(each -> each.name().equals(name)).findAny().orElseThrow();
    assertThat(NAMES.unknownClasses(page)).isEmpty();
  }

  @Test
  void everySettingAndReasonIsThere() {
    assertThat(NAMES.unknownCapitals(PAGES)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "`./sluice demoo` ~ README.md:1: no command demoo",
        "`./sluice replay logs|tweet --stream S` ~ README.md:1: no command tweet",
        "`./sluice demo [--colour] [--keep]` ~ README.md:1: no option --colour in: ./sluice demo"
            + " [--colour] [--keep]",
        "`./sluice replay logs [--rate N/s | --sped X]` ~ README.md:1: no option --sped in:"
            + " ./sluice replay logs [--rate N/s | --sped X]",
        "`./sluice enrich --set A=B x.log | ./sluice audit --cleen` ~ README.md:1: no option"
            + " --cleen in: ./sluice audit --cleen",
        "`SLUICE_JAVA_OPTIONS=-Xmx256m ./sluice enrch x` ~ README.md:1: no command enrch",
      })
  void findsACommandThatIsNot(String text, String message) throws IOException {
    assertThat(COMMANDS.unknown(List.of(page(text)))).contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`./sluice`, `./sluice --help`, `./sluice COMMAND --help`",
        "| `./sluice replay logs\\|tweets --stream S [--rate N/s \\| --max]` | x |",
        "`./sluice enrich --set \"FILTER_RULES=drop x --y\" - 2>&1 | head -n 1 --lines`",
        "`./sluice enrich --rejects=r.json [--set KEY=VALUE]... [FILE|-]...; echo --x`",
        "```sh\n./sluice enrich \\\n  --geoip x.mmdb\n```",
        "`other/sluice demoo` and ./sluice nothing in prose",
      })
  void isSilentAboutCommandsThatAre(String text) throws IOException {
    assertThat(COMMANDS.unknown(List.of(page(text)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "`NoSuchTest` proves ~ class NoSuchTest",
        "`mvn -B -pl cli,nowhere -am test` ~ module nowhere",
        "`mvn verify -Pfolts` ~ profile folts",
        "`make cofee` ~ target cofee",
        "`java -jar x.jar TeaBenchmark` ~ class TeaBenchmark",
      })
  void findsANameThatIsNot(String text, String what) throws IOException {
    assertThat(NAMES.unknownInCommands(List.of(page(text))))
        .containsExactly("README.md:1: no " + what);
  }

  @Test
  void findsAClassThatIsNot() throws IOException {
    MarkdownPage page = page("`LineEnricher`, `LineEnritcher`, **`TileCommitt.run`**, `ENRICHED`");
    assertThat(NAMES.unknownClasses(page))
        .containsExactly(
            "README.md:1: no class LineEnritcher", "README.md:1: no class TileCommitt");
  }

  @Test
  void findsASettingThatIsNot() throws IOException {
    MarkdownPage page = page("`STREAM_NAME`, `STREAM_NAMES`, `GZIP_LEVEL=3`, `GZIP_LEVL=3`, `GET`");
    assertThat(NAMES.unknownCapitals(List.of(page)))
        .containsExactly(
            "README.md:1: no source has STREAM_NAMES", "README.md:1: no source has GZIP_LEVL");
  }

  private MarkdownPage page(String text) throws IOException {
    return MarkdownPage.read(folder, Files.writeString(folder.resolve("README.md"), text));
  }
}
