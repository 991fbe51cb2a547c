package dev.sluice.producers.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;

/**
 * One line on a terminal that is written over; on anything else nothing. The launcher tells whether
 * stderr is a terminal ({@value #TERMINAL_PROPERTY}), because Java cannot find out. Not
 * thread-safe.
 */
public final class TerminalLine implements AutoCloseable {

  /** System property that is true where stderr is a terminal. */
  public static final String TERMINAL_PROPERTY = "sluice.progress";

  private static final Duration MIN_REFRESH = Duration.ofMillis(200);

  private final PrintWriter terminal;
  private final InstantSource clock;
  private long shownAtMillis;
  private int shownChars;

  private TerminalLine(PrintWriter terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Shows on {@code stderr}, if that is a terminal. */
  public static TerminalLine ifTerminal(PrintWriter stderr) {
    boolean shown = Boolean.getBoolean(TERMINAL_PROPERTY);
    return new TerminalLine(shown ? stderr : null, InstantSource.system());
  }

  /** Shows there, whatever it is; nowhere if it is null. */
  static TerminalLine to(PrintWriter terminal, InstantSource clock) {
    return new TerminalLine(terminal, clock);
  }

  /** Whether it is time to show something new: at most five times a second. */
  public boolean isDue() {
    return terminal != null && clock.millis() - shownAtMillis >= MIN_REFRESH.toMillis();
  }

  public void show(String text) {
    if (terminal == null) {
      return;
    }
    shownAtMillis = clock.millis();
    String wiped = " ".repeat(Math.max(0, shownChars - text.length()));
    terminal.print("\r" + text + wiped);
    terminal.flush();
    shownChars = text.length();
  }

  /** Wipes the line, so that other text can follow. */
  @Override
  public void close() {
    if (shownChars > 0) {
      show("");
      terminal.print('\r');
      terminal.flush();
      shownChars = 0;
    }
  }
}
