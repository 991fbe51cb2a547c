package dev.sluice.cli.demo;

import dev.sluice.producers.ReplayResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that has to agree at the end of a run.
 *
 * @param findings what else was found wrong, one sentence each
 */
record Books(
    ExpectedLines expected,
    DeliveredLines delivered,
    ReplayResult replayed,
    List<String> findings) {

  /** One sentence for each thing that is off; none when the books balance. */
  List<String> discrepancies() {
    var found = new ArrayList<String>();
    long lines = expected.counts().in();
    if (replayed.sent() != lines) {
      found.add(replayed.sent() + " lines were sent, the input has " + lines);
    }
    compare("enriched", expected.enrichedLines(), delivered.enrichedLines(), found);
    compare("rejected", expected.rejectedLines(), delivered.rejectedLines(), found);
    found.addAll(findings);
    return found;
  }

  private static void compare(
      String outcome, LineFingerprint expected, LineFingerprint delivered, List<String> found) {
    if (expected.lines() != delivered.lines()) {
      found.add(delivered.lines() + " " + outcome + " lines are in S3, not " + expected.lines());
    } else if (!expected.matches(delivered)) {
      found.add("the " + outcome + " lines in S3 are not those that the input gives");
    }
  }

  /**
   * What is to be told of the books in one line.
   *
   * @param promise what it means that they balance
   */
  Proof proof(String promise) {
    var counts = expected.counts();
    return Proof.of(
        discrepancies(),
        "%,d in = %,d enriched + %,d dropped + %,d rejected; %s",
        counts.in(),
        counts.enriched() + counts.enrichedWithWarnings(),
        counts.dropped(),
        counts.rejected(),
        promise);
  }
}
