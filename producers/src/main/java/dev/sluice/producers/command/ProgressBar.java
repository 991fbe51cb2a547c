package dev.sluice.producers.command;

import dev.sluice.producers.ReplayListener;
import dev.sluice.producers.ReplayProgress;
import java.util.Locale;

/** How far a replay is, in one line of a terminal. */
final class ProgressBar implements ReplayListener {
  private static final int BAR_CHARACTERS = 30;

  private final TerminalLine terminal;
  private final StopSignal stop;

  ProgressBar(TerminalLine terminal, StopSignal stop) {
    this.terminal = terminal;
    this.stop = stop;
  }

  @Override
  public boolean wantsMore() {
    return !stop.asked();
  }

  @Override
  public void progress(ReplayProgress progress) {
    if (terminal.isDue()) {
      terminal.show(text(progress));
    }
  }

  private static String text(ReplayProgress progress) {
    double seconds = progress.elapsed().toMillis() / 1e3;
    String counts =
        String.format(
            Locale.ROOT,
            "%,d lines sent, %,.0f/s, %,d sent again",
            progress.sent(),
            seconds > 0 ? progress.sent() / seconds : 0,
            progress.retried());
    long size = progress.inputBytes().orElse(0);
    if (size <= 0) {
      return counts;
    }
    double part = Math.min(1, (double) progress.inputBytesRead() / size);
    int filled = (int) (part * BAR_CHARACTERS);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f %% read  %s",
        "#".repeat(filled),
        ".".repeat(BAR_CHARACTERS - filled),
        part * 100,
        counts);
  }
}
