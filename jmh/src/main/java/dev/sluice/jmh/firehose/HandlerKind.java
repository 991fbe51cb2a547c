package dev.sluice.jmh.firehose;

import dev.sluice.jmh.pipeline.Implementation;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/** The handlers that are measured against each other, besides {@link NodeBlueprint}. */
public enum HandlerKind {
  /** Sluice's function with its default settings. */
  OURS(OurHandler::new),
  /**
   * What a good engineer would write: GOOD's line between Jackson's streaming reader and writer.
   */
  STREAMING(StreamingHandler::new),
  /** What most write: the event as objects, by databind; GOOD's line in between. */
  DATABIND(database -> new DatabindHandler(Implementation.GOOD.open(database))),
  /** What the libraries' first pages suggest: objects, and NAIVE's line in between; no cache. */
  NAIVE(database -> new DatabindHandler(Implementation.NAIVE.open(database)));

  private final Function<Path, EventHandler> opener;

  HandlerKind(Function<Path, EventHandler> opener) {
    this.opener = opener;
  }

  /** The handler of a parameter's value, such as {@code ours}. */
  public static HandlerKind named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The name in parameters and results, such as {@code ours}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Opens the handler on a City database. */
  public EventHandler open(Path geoDatabase) {
    return opener.apply(geoDatabase);
  }
}
