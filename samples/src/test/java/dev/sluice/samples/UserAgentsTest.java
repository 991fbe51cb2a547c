package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserAgentsTest {
  private final List<UserAgents.Agent> agents = new UserAgents().all();
  private final List<String> texts =
      agents.stream().map(agent -> new String(agent.text(), StandardCharsets.US_ASCII)).toList();

  @Test
  void areAFewHundredDifferentPrintableTexts() {
    assertThat(texts).hasSizeBetween(300, 800).doesNotHaveDuplicates();
    assertThat(texts)
        .allMatch(
            text ->
                text.matches("[ -~]+")
                    && !text.contains("\"")
                    && !text.contains("\\")
                    && !text.contains("%s"));
  }

  @Test
  void coverEverySortOfDeviceAndReader() {
    for (String mark :
        List.of(
            "Windows NT",
            "Macintosh",
            "X11; Linux",
            "CrOS",
            "iPhone",
            "iPad",
            "Android",
            "Kindle",
            "Silk",
            "TV",
            "PlayStation",
            "Xbox",
            "Nintendo",
            "Firefox/",
            "Edg/",
            "OPR/",
            "SamsungBrowser",
            "Googlebot",
            "Feedly",
            "curl/",
            "python-requests")) {
      assertThat(texts).as(mark).anyMatch(text -> text.contains(mark));
    }
    assertThat(texts).contains("-");
    var readers = EnumSet.noneOf(UserAgents.Reader.class);
    agents.forEach(agent -> readers.add(agent.reader()));
    assertThat(readers).containsExactlyInAnyOrder(UserAgents.Reader.values());
  }
}
