package dev.sluice.cli.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
  private static final Pattern NAME = Pattern.compile("[a-z][a-z-]*");
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
      List<String> words = words(text.substring(call.end()));
      List<CommandLine> commands = List.of(sluice);
      int next = 0;
      for (;
          next < words.size() && commands.stream().anyMatch(CommandLineCheck::hasCommands);
          next++) {
        String word = words.get(next);
        if (!Stream.of(word.split("\\|")).allMatch(name -> NAME.matcher(name).matches())) {
          break;
        }
        commands = named(commands, word, unknown);
      }
      for (String word : words.subList(next, words.size())) {
        Matcher option =
            OPTION.matcher(word.replaceFirst("=.*", "").replaceAll("[\\[\\](.)…]", ""));
        if (option.matches() && !isOption(commands, option.group())) {
          unknown.add("no option " + option.group() + " in: ./sluice " + String.join(" ", words));
        }
      }
    }
    return unknown;
  }

  private static boolean hasCommands(CommandLine command) {
    return !command.getSubcommands().isEmpty();
  }

  private static List<CommandLine> named(
      List<CommandLine> among, String word, List<String> unknown) {
    Function<String, List<CommandLine>> found =
        name ->
            among.stream()
                .map(CommandLine::getSubcommands)
                .map(Map::entrySet)
                .flatMap(entries -> entries.stream().filter(entry -> entry.getKey().equals(name)))
                .map(Map.Entry::getValue)
                .toList();
    var commands = new ArrayList<CommandLine>();
    for (String name : word.split("\\|")) {
      if (found.apply(name).isEmpty()) {
        unknown.add("no command " + name);
      }
      commands.addAll(found.apply(name));
    }
    return commands;
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
