package dev.sluice.local.lambda;

import dev.sluice.local.LocalAwsException;
import dev.sluice.local.RandomIds;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Lambda function on this machine: its package under AWS's runtime interface client, in a JVM of
 * its own, invoked with bytes and answering bytes within the limits of the service. The JVM starts
 * with the first invocation, is used again for the next, and is started anew after a timeout or a
 * crash.
 *
 * <p>One invocation at a time; others wait. {@link #close} leaves no process behind, and neither
 * does the end of this JVM. A JVM that is killed (SIGKILL) leaves the folder {@code
 * sluice-lambda-*} of the function's code in the temporary folder.
 */
public final class LocalLambda implements AutoCloseable {

  /** Bound of an event: it must be smaller (the error of Lambda's Invoke says so). */
  public static final int REQUEST_BYTES_LIMIT = 6_291_456;

  /** Bound of a response. */
  public static final int RESPONSE_BYTES_MAX = RuntimeApi.RESPONSE_BYTES_MAX;

  /** Until the runtime asks for its first event; the service gives 10 s, a busy laptop more. */
  private static final Duration INIT_TIME_MAX = Duration.ofSeconds(120);

  private static final int TRACE_ID_DIGITS = 24;
  private static final int PARENT_ID_DIGITS = 16;
  private static final Logger LOG = LoggerFactory.getLogger(LocalLambda.class);

  /**
   * What has happened so far.
   *
   * @param invocations events given to {@link #invoke}, refused ones included
   * @param errors answers that are errors, timeouts included
   * @param starts JVMs started
   */
  public record Counts(long invocations, long errors, long timeouts, long starts) {}

  private final LambdaFunction function;
  private final InstantSource clock;
  private final RandomIds ids;
  private final Consumer<String> log;
  private final FunctionFolder folder;
  private final RuntimeApi api = new RuntimeApi();
  private final RuntimeApiServer server;
  private final Thread atExit = new Thread(this::endWithTheJvm, "lambda-exit");
  private volatile RuntimeProcess runtime;
  private volatile boolean closed;
  private volatile Optional<LambdaReport> report = Optional.empty();
  private volatile Counts counts = new Counts(0, 0, 0, 0);

  private LocalLambda(
      LambdaFunction function, InstantSource clock, RandomIds ids, Consumer<String> log) {
    this.function = function;
    this.clock = clock;
    this.ids = ids;
    this.log = log;
    folder = FunctionFolder.of(function.code());
    server = new RuntimeApiServer(function.name(), api);
  }

  /** A function whose log lines go to our log, at INFO. */
  public static LocalLambda start(LambdaFunction function) {
    return start(
        function,
        InstantSource.system(),
        RandomGenerator.getDefault(),
        line -> LOG.info("{}: {}", function.name(), line));
  }

  /**
   * Unpacks the function and opens its Runtime API; the function's JVM starts with the first
   * invocation.
   *
   * @param log is given each line that the function writes, from another thread
   * @throws LocalAwsException when the package is none, or this machine cannot run it
   */
  public static LocalLambda start(
      LambdaFunction function, InstantSource clock, RandomGenerator random, Consumer<String> log) {
    var lambda = new LocalLambda(function, clock, new RandomIds(random), log);
    try {
      lambda.server.start();
    } catch (RuntimeException cannotListen) {
      lambda.folder.close();
      throw cannotListen;
    }
    Runtime.getRuntime().addShutdownHook(lambda.atExit);
    return lambda;
  }

  public LambdaFunction function() {
    return function;
  }

  public Counts counts() {
    return counts;
  }

  /** About the last invocation that was answered; empty before the first. */
  public Optional<LambdaReport> report() {
    return report;
  }

  /** Process id of the function's JVM, -1 while there is none. */
  public long pid() {
    RuntimeProcess current = runtime;
    return current != null && current.isAlive() ? current.pid() : -1;
  }

  /**
   * Invokes the function and waits for its answer, at most for its timeout and a start.
   *
   * @throws IllegalStateException when this is closed
   */
  public synchronized LambdaAnswer invoke(byte[] event) {
    if (closed) {
      throw new IllegalStateException(function.name() + " is closed");
    }
    LambdaAnswer answer =
        event.length >= REQUEST_BYTES_LIMIT
            ? LambdaAnswer.failure(
                LambdaAnswer.REQUEST_TOO_LARGE,
                "Request must be smaller than "
                    + REQUEST_BYTES_LIMIT
                    + " bytes for the InvokeFunction operation")
            : run(event);
    boolean timedOut = answer.errorType().filter(LambdaAnswer.TIMED_OUT::equals).isPresent();
    counts =
        new Counts(
            counts.invocations() + 1,
            counts.errors() + (answer.succeeded() ? 0 : 1),
            counts.timeouts() + (timedOut ? 1 : 0),
            counts.starts());
    return answer;
  }

  private LambdaAnswer run(byte[] event) {
    long started = System.nanoTime();
    boolean cold = pid() < 0;
    RuntimeProcess process = running();
    var invocation =
        new Invocation(
            ids.uuid().toString(), traceId(), function.arn(), event, function.timeout(), clock);
    process.ended().thenAccept(status -> invocation.end(invocation.exited(status)));
    api.offer(invocation);
    Duration limit = INIT_TIME_MAX;
    try {
      long taken = await(invocation.taken(), limit);
      limit = function.timeout();
      LambdaAnswer answer = await(invocation.answer(), limit);
      report =
          Optional.of(
              new LambdaReport(
                  cold ? Duration.ofNanos(taken - started) : Duration.ZERO,
                  Duration.ofNanos(System.nanoTime() - taken),
                  process.maxResidentBytes()));
      return answer;
    } catch (TimeoutException late) {
      process.kill();
      return invocation.timedOut(limit);
    } catch (RuntimeException abandoned) {
      process.kill(); // nobody waits for what it is doing
      throw abandoned;
    }
  }

  private static <T> T await(CompletableFuture<T> future, Duration limit) throws TimeoutException {
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException bug) {
      throw new IllegalStateException("The local Lambda broke", bug.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the function ran", interrupted);
    }
  }

  private RuntimeProcess running() {
    if (runtime == null || !runtime.isAlive()) {
      api.reset();
      runtime = RuntimeProcess.start(function, folder, server.port(), log);
      counts =
          new Counts(counts.invocations(), counts.errors(), counts.timeouts(), counts.starts() + 1);
    }
    if (closed) { // while the runtime was being started
      runtime.kill();
      throw new IllegalStateException(function.name() + " is closed");
    }
    return runtime;
  }

  /** In the form of X-Ray's header; nothing is sampled. */
  private String traceId() {
    return String.format(
        Locale.ROOT,
        "Root=1-%08x-%s;Parent=%s;Sampled=0",
        clock.instant().getEpochSecond(),
        ids.hex(TRACE_ID_DIGITS),
        ids.hex(PARENT_ID_DIGITS));
  }

  /** Ctrl-C leaves neither a process nor files behind. */
  private void endWithTheJvm() {
    closed = true;
    RuntimeProcess current = runtime;
    if (current != null) {
      current.kill();
    }
    try {
      folder.close();
    } catch (LocalAwsException leftBehind) {
      LOG.warn("{}", leftBehind.getMessage());
    }
  }

  private void stopRuntime() {
    RuntimeProcess current = runtime;
    if (current != null) {
      current.stop();
    }
  }

  /** Ends the function's JVM first, then its Runtime API; an invocation that runs gets an error. */
  @Override
  public void close() {
    closed = true;
    try {
      stopRuntime(); // lets go of an invocation that runs
      synchronized (this) {
        stopRuntime(); // one that had just started another
      }
      server.close();
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(atExit);
      } catch (IllegalStateException ending) {
        // the hook runs already and finds the process gone
      }
      folder.close();
    }
  }
}
