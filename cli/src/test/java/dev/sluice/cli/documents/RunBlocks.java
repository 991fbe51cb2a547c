package dev.sluice.cli.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands of blocks that are tagged {@code run}, and who runs them. A block whose commands
 * stand behind {@code $} shows what they write, too: {@link dev.sluice.cli.enrich.PageCommands}
 * runs those. Of any other each line is a command, which must be one of {@code .ci/run}, or of a
 * test that is named here.
 */
final class RunBlocks {
  static final String PROMPT = "$ ";

  /** Commands that a test runs in a process of its own; the source must have the words. */
  static final Map<String, String> RUN_BY_TESTS =
      Map.of(
          "./sluice demo --all --lines 3000",
          "system-tests/src/test/java/dev/sluice/system/packaged/DemoTest.java");

  private static final Pattern MAKE = Pattern.compile("make ([a-z][a-z-]*)");

  private final List<String> continuousIntegration;
  private final Checkout checkout;

  /**
   * @param script text of .ci/run
   * @param checkout where the Makefile and the tests are
   */
  RunBlocks(String script, Checkout checkout) {
    this.continuousIntegration = script.lines().map(RunBlocks::plain).toList();
    this.checkout = checkout;
  }

  /** Whether the block shows what its commands write. */
  static boolean isSession(MarkdownPage.Fence block) {
    return block.lines().stream().anyMatch(line -> line.text().startsWith(PROMPT));
  }

  /** A sentence for each command that nobody runs. */
  List<String> notRun(List<MarkdownPage> pages) {
    var notRun = new ArrayList<String>();
    for (MarkdownPage page : pages) {
      for (MarkdownPage.Fence block : page.fences()) {
        if (block.isRun() && !isSession(block)) {
          commands(block).stream()
              .filter(command -> !isRun(command.text()))
              .forEach(
                  command ->
                      notRun.add(
                          page.name() + ':' + command.line() + ": nobody runs " + command.text()));
        }
      }
    }
    return notRun;
  }

  private static List<MarkdownPage.Code> commands(MarkdownPage.Fence block) {
    return MarkdownPage.joined(block.lines()).stream()
        .filter(line -> !line.text().isBlank() && !line.text().startsWith("#"))
        .toList();
  }

  private boolean isRun(String command) {
    return continuousIntegration.contains(plain(command))
        || isRunByMake(command)
        || isRunByATest(command);
  }

  private boolean isRunByMake(String command) {
    Matcher target = MAKE.matcher(command);
    if (!target.matches()) {
      return false;
    }
    Matcher recipe =
        Pattern.compile("(?m)^" + target.group(1) + ":.*\\n((?:\\t.*\\n)+)")
            .matcher(checkout.text("Makefile"));
    return recipe.find()
        && recipe.group(1).lines().map(RunBlocks::plain).allMatch(continuousIntegration::contains);
  }

  private boolean isRunByATest(String command) {
    String test = RUN_BY_TESTS.get(command);
    if (test == null) {
      return false;
    }
    var words = new StringBuilder();
    Matcher word = Pattern.compile("\\S+").matcher(command.substring("./sluice ".length()));
    while (word.find()) {
      words.append(words.isEmpty() ? "" : ",\\s*").append('"').append(word.group()).append('"');
    }
    return Pattern.compile(words.toString()).matcher(checkout.text(test)).find();
  }

  /** Without what only makes Maven quiet. */
  private static String plain(String command) {
    return command.strip().replaceAll(" -[Bq](?= |$)", "").replaceAll("\\s+", " ");
  }
}
