package dev.sluice.jmh.useragent;

import dev.sluice.enricher.useragent.UserAgentClassifier;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import ua_parser.Parser;

/** The user-agent classifiers that are measured against each other. */
public enum AgentKind {
  /** Sluice's, which also decides the device type. */
  OURS(() -> UserAgentClassifier.open(Optional.empty())::classify),
  /** uap-java. */
  UAP(() -> new Parser()::parse);

  private final Supplier<Function<String, ?>> opener;

  AgentKind(Supplier<Function<String, ?>> opener) {
    this.opener = opener;
  }

  /** The classifier of a parameter's value, such as {@code uap}. */
  public static AgentKind named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** A classifier without a cache. */
  public Function<String, ?> open() {
    return opener.get();
  }
}
