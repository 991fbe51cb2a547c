package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Wrong usage of the local stack; system-tests start it. */
class LocalAwsCommandTest {

  @Test
  void aMappingWantsAFunction() {
    for (String option : new String[] {"--map-queue", "--map-stream", "--map-bucket"}) {
      CommandRun run = CommandRun.of("local-aws", option, "name");
      assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err())
          .contains("--map-queue, --map-stream and --map-bucket go with --function");
    }
  }

  @Test
  void aPackageThatIsNotThereIsNamed() {
    CommandRun run = CommandRun.of("local-aws", "--function", "none", "--map-queue", "name");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("no such package of a function: none");
  }
}
