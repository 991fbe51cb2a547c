package dev.sluice.cli.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * Finds commands of {@code ./sluice}, and options of theirs, that the command line does not have.
 * Looks into everything that stands in code. {@code [--keep]}, {@code logs|tweets} and words in
 * capitals are read as in a manual.
 */
final class CommandLineCheck {
  private static final Pattern CALL = Pattern.compile("(?<![\\w./])\\./sluice(?=\\s)");
  private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");
  private static final Pattern OPTION = Pattern.compile("-h|--[a-z][a-z0-9-]*");
  private static final Pattern NAMES = Pattern.compile("[a-z][a-z-]*(?:\\|[a-z][a-z-]*)*");
  private static final Pattern END = Pattern.compile("[|<>&;#]|\\d?>.*|&&|\\|\\|");

  private final CommandLine sluice;

  CommandLineCheck(CommandLine sluice) {
    this.sluice = sluice;
  }

  /** A sentence for each command and each option that is not there. */
  List<String> unknown(List<MarkdownPage> pages) {
    var unknown = new ArrayList<String>();
    for (MarkdownPage page : pages) {
      for (MarkdownPage.Code code : page.code()) {
        for (String what : unknown(code.text())) {
          unknown.add(page.name() + ':' + code.line() + ": " + what);
        }
      }
    }
    return unknown;
  }

  private List<String> unknown(String text) {
    var unknown = new ArrayList<String>();
    Matcher call = CALL.matcher(text);
    while (call.find()) {
      check(words(text.substring(call.end())), unknown);
    }
    return unknown;
  }

  private void check(List<String> words, List<String> unknown) {
    List<CommandLine> commands = List.of(sluice);
    int next = 0;
    while (next < words.size()
        && hasCommands(commands)
        && NAMES.matcher(words.get(next)).matches()) {
      var named = new ArrayList<CommandLine>();
      for (String name : words.get(next).split("\\|")) {
        List<CommandLine> found = named(commands, name);
        if (found.isEmpty()) {
          unknown.add("no command " + name);
        }
        named.addAll(found);
      }
      commands = named;
      next++;
    }
    for (String word : words.subList(next, words.size())) {
      Matcher option = OPTION.matcher(word.replaceFirst("=.*", "").replaceAll("[\\[\\](.)…]", ""));
      if (option.matches() && !isOption(commands, option.group())) {
        unknown.add("no option " + option.group() + " in: ./sluice " + String.join(" ", words));
      }
    }
  }

  private static boolean hasCommands(List<CommandLine> commands) {
    return commands.stream().anyMatch(command -> !command.getSubcommands().isEmpty());
  }

  private static List<CommandLine> named(List<CommandLine> among, String name) {
    return among.stream()
        .map(command -> command.getSubcommands().get(name))
        .filter(Objects::nonNull)
        .toList();
  }

  /** The words up to a pipe, a redirection or the next command; within brackets a bar is one. */
  private static List<String> words(String arguments) {
    var words = new ArrayList<String>();
    int depth = 0;
    Matcher word = WORD.matcher(arguments);
    while (word.find()) {
      String text = word.group();
      depth += count(text, '[') - count(text, ']');
      if (END.matcher(text).matches() && depth == 0) {
        break;
      }
      words.add(text.replaceFirst(";$", ""));
      if (text.endsWith(";")) {
        break;
      }
    }
    return words;
  }

  private static int count(String text, char wanted) {
    return (int) text.chars().filter(c -> c == wanted).count();
  }

  private static boolean isOption(List<CommandLine> commands, String name) {
    return commands.isEmpty()
        || commands.stream().anyMatch(each -> each.getCommandSpec().findOption(name) != null);
  }
}
