package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.profile.FlatKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/format.md says what the golden files hold, and nothing else. */
class FormatPageTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "format.md");

  /** Two words or more in lower case, joined by underscores: how golden cases are named. */
  private static final Pattern CASE = Pattern.compile("`([a-z0-9]+(?:_[a-z0-9]+)+)`");

  private static final Set<String> KEYS_WITH_UNDERSCORE =
      Set.of(
          "as_organization",
          "device_type",
          "link_local",
          "refering_page",
          "registered_country",
          "vhost_combined");

  @Test
  void namesOnlyGoldenCasesThatExist() throws IOException {
    Set<String> named = new TreeSet<>();
    Matcher matcher = CASE.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      named.add(matcher.group(1));
    }
    named.removeAll(KEYS_WITH_UNDERSCORE);
    Stream.of(FlatKey.values()).map(FlatKey::label).forEach(named::remove);
    Stream.of(Warning.values()).map(Warning::label).forEach(named::remove);
    assertThat(named).hasSizeGreaterThan(100);
    assertThat(goldenNames()).containsAll(named);
  }

  private static Set<String> goldenNames() {
    return GoldenFile.allCases().stream().map(GoldenFile.Case::name).collect(Collectors.toSet());
  }

  @Test
  void explainsEveryOutcomeAndEveryReason() throws IOException {
    String page = Files.readString(PAGE);
    for (Outcome.Code code : Outcome.Code.values()) {
      assertThat(page).contains("| `" + code + "` |");
    }
    for (RejectReason reason : RejectReason.values()) {
      assertThat(page).contains("| `" + reason + "` |");
    }
  }
}
