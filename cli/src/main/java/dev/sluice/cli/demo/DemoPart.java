package dev.sluice.cli.demo;

import java.io.IOException;
import java.util.List;

/** One system of the demo: it runs on the stack, and proves what came of it. */
interface DemoPart {

  /** What runs, in a few words. */
  String title();

  /**
   * Runs once. Other parts have the same stack before and after: streams, tables, applications and
   * folders are the part's own.
   *
   * @return what was found, each holding or not; never none
   */
  List<Proof> prove(DemoStack stack) throws IOException, InterruptedException;

  /** Whether the stack must have SQS, which takes seconds to start. */
  default boolean needsQueues() {
    return false;
  }
}
