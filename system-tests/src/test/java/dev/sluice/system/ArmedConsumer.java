package dev.sluice.system;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.sluice.consumer.ConsumerMain;
import dev.sluice.consumer.tiles.Failpoints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/**
 * The consumer as {@code ./sluice consume} runs it, with one failpoint that is armed as soon as a
 * file exists. Whoever reaches it for the given time then says so on stdout and blocks for ever,
 * and so does everybody after him, so that the test can kill the process exactly there. Logs each
 * commit and each checkpoint.
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
   * @param arguments name of the {@link Point}, how many times it is passed before it blocks, and
   *     the file that arms it
   */
  public static void main(String[] arguments) {
    ((Logger) LoggerFactory.getLogger("dev.sluice.consumer")).setLevel(Level.DEBUG);
    var failpoints =
        new Armed(
            Point.valueOf(arguments[0]), Integer.parseInt(arguments[1]), Path.of(arguments[2]));
    System.exit(ConsumerMain.run(System::getenv, System.err::println, failpoints));
  }

  private static final class Armed implements Failpoints {
    private final Point armed;
    private final AtomicInteger passes;

    private final Path arming;

    Armed(Point armed, int passes, Path arming) {
      this.armed = armed;
      this.arming = arming;
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
      if (point == armed && Files.exists(arming) && passes.getAndDecrement() <= 0) {
        System.out.println(REACHED);
        System.out.flush();
        new Semaphore(0).acquireUninterruptibly();
      }
    }
  }
}
