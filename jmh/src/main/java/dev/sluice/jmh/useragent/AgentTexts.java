package dev.sluice.jmh.useragent;

import dev.sluice.jmh.corpus.Lines;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

/** The user agents of a corpus. */
public final class AgentTexts {
  private AgentTexts() {}

  /** Each once, in the order of their letters; the dash, which is none, left out. */
  public static String[] distinct(Lines lines) {
    var agents = new TreeSet<String>();
    for (int i = 0; i < lines.count(); i++) {
      String line = new String(lines.line(i), StandardCharsets.UTF_8);
      agents.add(line.substring(line.lastIndexOf('"', line.length() - 2) + 1, line.length() - 1));
    }
    agents.remove("-");
    return agents.toArray(String[]::new);
  }
}
