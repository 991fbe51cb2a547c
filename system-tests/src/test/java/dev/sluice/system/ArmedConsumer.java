package dev.sluice.system;

import dev.sluice.consumer.ConsumerMain;
import dev.sluice.consumer.tiles.Failpoints;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The consumer as {@code ./sluice consume} runs it, with one failpoint armed. Whoever reaches it
 * for the given time says so on stdout and then blocks for ever, and so does everybody after him,
 * so that the test can kill the process exactly there.
 */
public final class ArmedConsumer {
  /** What is printed once the failpoint is reached. */
  static final String REACHED = "FAILPOINT REACHED";

  /** Where to stop. */
  enum Point {
    /** Nowhere: an ordinary consumer. */
    NONE,
    BEFORE_COMMIT,
    BETWEEN_COMMIT_AND_CHECKPOINT,
    DURING_SHUTDOWN
  }

  private ArmedConsumer() {}

  /**
   * @param arguments name of the {@link Point}, and how many times it is passed before it blocks
   */
  public static void main(String[] arguments) {
    var failpoints = new Armed(Point.valueOf(arguments[0]), Integer.parseInt(arguments[1]));
    System.exit(ConsumerMain.run(System::getenv, System.err::println, failpoints));
  }

  private static final class Armed implements Failpoints {
    private final Point armed;
    private final AtomicInteger passes;

    Armed(Point armed, int passes) {
      this.armed = armed;
      this.passes = new AtomicInteger(passes);
    }

    @Override
    public void beforeCommit() {
      pass(Point.BEFORE_COMMIT);
    }

    @Override
    public void betweenCommitAndCheckpoint() {
      pass(Point.BETWEEN_COMMIT_AND_CHECKPOINT);
    }

    @Override
    public void duringShutdown() {
      pass(Point.DURING_SHUTDOWN);
    }

    private void pass(Point point) {
      if (point == armed && passes.getAndDecrement() <= 0) {
        System.out.println(REACHED);
        System.out.flush();
        new Semaphore(0).acquireUninterruptibly();
      }
    }
  }
}
