package dev.sluice.cli.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds names in code that the checkout does not have: tests, benchmarks, modules and profiles of
 * Maven commands, targets of make, settings and other words in capitals; and, where a page is about
 * classes, classes.
 */
final class NameCheck {
  private static final Pattern TEST = Pattern.compile("\\b[A-Z]\\w*(?:Test|Benchmark)\\b");
  private static final Pattern MODULES = Pattern.compile("\\bmvn\\b.* -pl ([\\w/,-]+)");
  private static final Pattern PROFILE = Pattern.compile("\\bmvn\\b.* -P ?([\\w-]+)");
  private static final Pattern TARGET = Pattern.compile("(?:^|[;&] *)make ([a-z][a-z-]*)");
  private static final Pattern CAPITALS =
      Pattern.compile("([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=.*)?");
  private static final Pattern WORD = Pattern.compile("\\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\\b");

  /** Variables of tools that we use, and states of CloudFormation. */
  private static final Pattern OF_OTHERS =
      Pattern.compile(
          "(?:AWS|CDK|JAVA|JSII|MAVEN|NODE|OTEL|TF)_.*"
              + "|(?:CREATE|UPDATE|DELETE|ROLLBACK)_(?:COMPLETE|FAILED|IN_PROGRESS)"
              + "|INSUFFICIENT_DATA");

  private static final List<String> SOURCES = List.of(".java", ".json", ".tf", ".env");
  private static final Pattern CLASS =
      Pattern.compile("([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)(?:\\.[a-z]\\w*)?");

  private final Checkout checkout;
  private final Set<String> classes;
  private final Set<String> notOurs;

  /**
   * @param notOurs names in the form of a class that others have given
   */
  NameCheck(Checkout checkout, Set<String> notOurs) {
    this.checkout = checkout;
    this.notOurs = Set.copyOf(notOurs);
    this.classes =
        checkout.files(".java").stream()
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toCollection(HashSet::new));
  }

  /** A sentence for each test, module, profile and target that is not there. */
  List<String> unknownInCommands(List<MarkdownPage> pages) {
    String poms =
        checkout.files("pom.xml").stream().map(NameCheck::read).collect(Collectors.joining());
    String makefile = checkout.text("Makefile");
    var unknown = new ArrayList<String>();
    for (MarkdownPage page : pages) {
      for (MarkdownPage.Code code : page.code()) {
        String place = page.name() + ':' + code.line() + ": no ";
        for (String name : all(TEST, code.text())) {
          if (!classes.contains(name) && !notOurs.contains(name)) {
            unknown.add(place + "class " + name);
          }
        }
        for (String modules : all(MODULES, code.text())) {
          for (String module : modules.split(",")) {
            if (!Files.exists(checkout.root().resolve(module).resolve("pom.xml"))) {
              unknown.add(place + "module " + module);
            }
          }
        }
        for (String profile : all(PROFILE, code.text())) {
          if (!poms.contains("<id>" + profile + "</id>")) {
            unknown.add(place + "profile " + profile);
          }
        }
        for (String target : all(TARGET, code.text())) {
          if (!makefile.contains("\n" + target + ":")) {
            unknown.add(place + "target " + target);
          }
        }
      }
    }
    return unknown;
  }

  /** A sentence for each setting, reason or variable that no source has. */
  List<String> unknownCapitals(List<MarkdownPage> pages) {
    var words = new HashSet<String>(notOurs);
    for (String suffix : SOURCES) {
      for (Path source : checkout.files(suffix)) {
        if (!source.toString().contains("/src/test/")) {
          WORD.matcher(read(source)).results().forEach(word -> words.add(word.group()));
        }
      }
    }
    var unknown = new ArrayList<String>();
    for (MarkdownPage page : pages) {
      for (MarkdownPage.Code code : page.code()) {
        Matcher name = CAPITALS.matcher(code.text());
        if (name.matches()
            && !words.contains(name.group(1))
            && !OF_OTHERS.matcher(name.group(1)).matches()) {
          unknown.add(page.name() + ':' + code.line() + ": no source has " + name.group(1));
        }
      }
    }
    return unknown;
  }

  /** A sentence for each span with the form of a class name that is no class of ours. */
  List<String> unknownClasses(MarkdownPage page) {
    var unknown = new ArrayList<String>();
    for (MarkdownPage.Code code : page.code()) {
      Matcher name = CLASS.matcher(code.text());
      if (name.matches() && !classes.contains(name.group(1)) && !notOurs.contains(name.group(1))) {
        unknown.add(page.name() + ':' + code.line() + ": no class " + name.group(1));
      }
    }
    return unknown;
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(found.groupCount())).toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
