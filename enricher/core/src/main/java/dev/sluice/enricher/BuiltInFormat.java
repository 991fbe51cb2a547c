package dev.sluice.enricher;

import dev.sluice.enricher.format.LineLayout;
import java.util.Locale;
import java.util.Optional;

/** The formats with a name: those of Apache's documentation, and nginx's own. */
public enum BuiltInFormat implements LogFormat {
  /** Decides line by line between Common, Combined and Combined with a virtual host. */
  AUTO(null),
  COMMON(Strings.COMMON),
  /** Common, then referer and user agent. */
  COMBINED(Strings.COMBINED),
  /** What nginx calls combined: the same fields, other escapes. */
  NGINX(Strings.COMBINED),
  /** Virtual host and port, then Combined. */
  VHOST_COMBINED("%v:%p " + Strings.COMBINED),
  /** Combined, then bytes received and sent, headers included. */
  COMBINEDIO(Strings.COMBINED + " %I %O");

  /** A class of its own, because constants cannot look at static fields of their enum. */
  private static final class Strings {
    static final String COMMON = "%h %l %u %t \"%r\" %>s %b";
    static final String COMBINED = COMMON + " \"%{Referer}i\" \"%{User-Agent}i\"";
  }

  private final String formatString;
  private LineLayout layout;

  BuiltInFormat(String formatString) {
    this.formatString = formatString;
  }

  @Override
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The definition in Apache's words; none for {@link #AUTO}, which has several. */
  public Optional<String> formatString() {
    return Optional.ofNullable(formatString);
  }

  /**
   * The definition as a regular expression, compiled when first asked for: the scanner needs none.
   *
   * @throws IllegalStateException for {@link #AUTO}
   */
  public synchronized LineLayout layout() {
    if (layout == null) {
      layout =
          LineLayout.compile(
              formatString().orElseThrow(() -> new IllegalStateException(this + " has several")));
    }
    return layout;
  }
}
