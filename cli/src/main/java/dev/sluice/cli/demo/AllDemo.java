package dev.sluice.cli.demo;

import dev.sluice.cli.CannotRunException;
import dev.sluice.cli.ExitCode;
import dev.sluice.consumer.CannotStartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All parts of the demo, one after the other on one stack, with a line for each thing proved. */
final class AllDemo {

  private static final double NANOS_PER_SECOND = 1e9;

  private final List<DemoPart> parts;
  private final PrintWriter out;
  private final PrintWriter err;

  AllDemo(List<DemoPart> parts, PrintWriter out, PrintWriter err) {
    this.parts = List.copyOf(parts);
    this.out = out;
    this.err = err;
  }

  int run() throws IOException, InterruptedException {
    long started = System.nanoTime();
    int proofs = 0;
    var wrong = new ArrayList<String>();
    line("Sluice demo, all of it: %d parts on one stack", parts.size());
    try (DemoStack stack = DemoStack.start(parts.stream().anyMatch(DemoPart::needsQueues))) {
      err.println("  the local stack is up on 127.0.0.1");
      for (DemoPart part : parts) {
        long begun = System.nanoTime();
        line("");
        line("%s", part.title());
        List<Proof> proved = prove(part, stack);
        for (Proof proof : proved) {
          line("  %-5s  %s", proof.holds() ? "ok" : "WRONG", proof.text());
          proof.discrepancies().forEach(each -> line("         %s", each));
          if (!proof.holds()) {
            wrong.add(part.title() + ": " + proof.text());
          }
        }
        proofs += proved.size();
        err.println(String.format(Locale.ROOT, "  %.1f s", secondsSince(begun)));
      }
    }
    line("");
    if (wrong.isEmpty()) {
      line("Everything balances: %d proofs in %.0f s", proofs, secondsSince(started));
    } else {
      line("NOT EVERYTHING BALANCES: %d of %d proofs do not hold", wrong.size(), proofs);
      wrong.forEach(each -> line("  %s", each));
    }
    return wrong.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  /** A part that cannot go on proves nothing; the others still run. */
  private static List<Proof> prove(DemoPart part, DemoStack stack)
      throws IOException, InterruptedException {
    try {
      return part.prove(stack);
    } catch (CannotRunException | CannotStartException stopped) {
      return List.of(Proof.of(List.of(stopped.getMessage()), "it ran to its end"));
    }
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / NANOS_PER_SECOND;
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
