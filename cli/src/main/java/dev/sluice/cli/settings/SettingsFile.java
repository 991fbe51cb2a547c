package dev.sluice.cli.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A properties file in UTF-8 that remembers its line numbers. What a line means is decided by
 * {@link Properties}: comments, escapes, continued lines.
 */
final class SettingsFile {
  /** A file of settings is small; anything larger is another file. */
  static final long MAX_BYTES = 1024 * 1024;

  private final Path file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param line of the key, counted from 1
   */
  record Entry(String value, int line) {}

  private SettingsFile(Path file) {
    this.file = file;
  }

  /** Reads the file as far as it can be read; what is wrong with it is in {@link #problems()}. */
  static SettingsFile read(Path file) {
    var settings = new SettingsFile(file);
    if (!Files.exists(file)) {
      settings.problems.add("no such file: " + file);
      return settings;
    }
    if (Files.isDirectory(file)) {
      settings.problems.add("not a file: " + file);
      return settings;
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        settings.problems.add(file + " is larger than " + MAX_BYTES + " bytes");
      } else {
        settings.parse(Files.readAllLines(file));
      }
    } catch (CharacterCodingException notText) {
      settings.problems.add(file + " is not UTF-8 text");
    } catch (IOException unreadable) {
      settings.problems.add("cannot read " + file + ": " + unreadable.getMessage());
    }
    return settings;
  }

  private void parse(List<String> lines) {
    int at = 0;
    while (at < lines.size()) {
      int first = at;
      var logical = new StringBuilder(lines.get(at));
      boolean comment = isComment(lines.get(at)); // a comment cannot be continued
      while (!comment && isContinued(lines.get(at)) && at + 1 < lines.size()) {
        at++;
        logical.append('\n').append(lines.get(at));
      }
      add(logical.toString(), first + 1);
      at++;
    }
  }

  private void add(String logicalLine, int line) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(logicalLine));
    } catch (IOException | IllegalArgumentException malformed) {
      problems.add(place(line) + "malformed escape: " + malformed.getMessage());
      return;
    }
    for (String key : properties.stringPropertyNames()) {
      Entry before = entries.putIfAbsent(key, new Entry(properties.getProperty(key), line));
      if (before != null) {
        problems.add(place(line) + key + " is set in line " + before.line() + " already");
      }
    }
  }

  /** How a problem of that line starts. */
  String place(int line) {
    return file + ":" + line + ": ";
  }

  Map<String, Entry> entries() {
    return entries;
  }

  List<String> problems() {
    return problems;
  }

  private static boolean isComment(String line) {
    String text = line.stripLeading();
    return text.startsWith("#") || text.startsWith("!");
  }

  /** An odd number of backslashes at the end joins the next line to this one. */
  private static boolean isContinued(String line) {
    int backslashes = 0;
    while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }
}
