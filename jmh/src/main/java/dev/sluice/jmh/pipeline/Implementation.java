package dev.sluice.jmh.pipeline;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/** The pipelines that are measured against each other. */
public enum Implementation {
  /** Sluice. */
  OURS(OursPipeline::new),
  /**
   * What a good engineer would write: a precompiled possessive expression, Caffeine in front of geo
   * and user agent, streaming JSON.
   */
  GOOD(GoodPipeline::new),
  /** What the libraries' first pages suggest: Strings, maps, exceptions, no cache. */
  NAIVE(NaivePipeline::new);

  private final Function<Path, Pipeline> opener;

  Implementation(Function<Path, Pipeline> opener) {
    this.opener = opener;
  }

  /** The implementation of a parameter's value, such as {@code ours}. */
  public static Implementation named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The name in parameters and results, such as {@code ours}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Opens the pipeline on a City database. */
  public Pipeline open(Path geoDatabase) {
    return opener.apply(geoDatabase);
  }
}
