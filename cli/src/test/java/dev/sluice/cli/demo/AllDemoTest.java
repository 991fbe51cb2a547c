package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.CannotRunException;
import dev.sluice.cli.CommandRun;
import dev.sluice.cli.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What {@code demo --all} says of its parts; the parts themselves have tests of their own. */
class AllDemoTest {

  private final StringWriter out = new StringWriter();

  private static DemoPart part(String title, Supplier<List<Proof>> proofs) {
    return new DemoPart() {
      @Override
      public String title() {
        return title;
      }

      @Override
      public List<Proof> prove(DemoStack stack) {
        stack.createStream(title);
        return proofs.get();
      }
    };
  }

  private int run(DemoPart... parts) throws Exception {
    return new AllDemo(
            List.of(parts), new PrintWriter(out, true), new PrintWriter(new StringWriter()))
        .run();
  }

  @Test
  void everythingBalancesWhereEveryProofHolds() throws Exception {
    DemoPart good = part("good", () -> List.of(Proof.of(List.of(), "%,d lines", 1_000)));
    DemoPart alsoGood = part("fine", () -> List.of(Proof.of(List.of(), "no lines")));
    assertThat(run(good, alsoGood)).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .containsSubsequence("good", "ok     1,000 lines", "fine", "ok     no lines")
        .contains("Everything balances: 2 proofs in ");
  }

  @Test
  void namesWhatDoesNotHoldAndGoesOnBehindAPartThatStops() throws Exception {
    DemoPart stopped =
        part(
            "stopped",
            () -> {
              throw new CannotRunException("no progress for 60 s");
            });
    DemoPart off = part("off", () -> List.of(Proof.of(List.of("1 line is missing"), "5 lines")));
    assertThat(run(stopped, off)).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString())
        .containsSubsequence(
            "WRONG  it ran to its end",
            "no progress for 60 s",
            "WRONG  5 lines",
            "1 line is missing",
            "NOT EVERYTHING BALANCES: 2 of 2 proofs do not hold",
            "stopped: it ran to its end",
            "off: 5 lines");
  }

  @Test
  void includesTheFirehosePath() {
    CommandRun both = CommandRun.of("demo", "--all", "--firehose");
    assertThat(both.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(both.err()).contains("--all includes --firehose");
  }
}
