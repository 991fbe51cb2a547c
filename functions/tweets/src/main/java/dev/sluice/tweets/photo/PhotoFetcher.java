package dev.sluice.tweets.photo;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLSocketFactory;

/**
 * Fetches photos over https: from hosts of a list, from addresses of the public Internet, within a
 * size and a time, and nothing but images. Each URL that a redirect leads to is held to the same
 * rules. Thread-safe.
 */
public final class PhotoFetcher implements AutoCloseable {
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
  private static final Duration IDLE = Duration.ofSeconds(30);

  /** Name servers that are waited for at a time. */
  private static final int MAX_RESOLVING = 64;

  /** Waits between two attempts; tests record the duration instead. */
  public interface Pause {
    void pause(Duration duration) throws InterruptedException;
  }

  private final FetchRules rules;
  private final LongSupplier nanoTime;
  private final Pause pause;
  private final RandomGenerator random;
  private final Connections connections;
  private final ThreadPoolExecutor resolving;
  private final ScheduledThreadPoolExecutor closing;

  /** As it runs in production: the JVM's resolver and certificates, the public Internet alone. */
  public PhotoFetcher(FetchRules rules, RandomGenerator random) {
    this(
        rules,
        InetAddress::getAllByName,
        new PublicInternet(),
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        System::nanoTime,
        wait -> Thread.sleep(wait.toMillis()),
        random);
  }

  /** With a world of its own, for tests; no setting leads here. */
  public PhotoFetcher(
      FetchRules rules,
      HostResolver resolver,
      AddressPolicy policy,
      SSLSocketFactory tls,
      LongSupplier nanoTime,
      Pause pause,
      RandomGenerator random) {
    this.rules = rules;
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.random = random;
    resolving =
        new ThreadPoolExecutor(
            0,
            MAX_RESOLVING,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> daemon(work, "photo-resolver"));
    closing = new ScheduledThreadPoolExecutor(1, work -> daemon(work, "photo-deadlines"));
    closing.setRemoveOnCancelPolicy(true);
    connections = new Connections(resolver, policy, tls, resolving);
  }

  private static Thread daemon(Runnable work, String name) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Fetches a photo.
   *
   * @param atMost ends the fetch before the rules do
   * @throws PhotoFailedException saying why there is none
   */
  public FetchedPhoto fetch(String url, Duration atMost)
      throws PhotoFailedException, InterruptedException {
    Duration timeout = rules.timeout().compareTo(atMost) < 0 ? rules.timeout() : atMost;
    var deadline = new Deadline(nanoTime, timeout);
    for (int attempt = 1; ; attempt++) {
      try {
        return once(url, deadline);
      } catch (PhotoFailedException e) {
        if (!e.failure().isPassing() || attempt == rules.maxAttempts() || deadline.isOver()) {
          throw e;
        }
        pause.pause(backOff(attempt, deadline));
      }
    }
  }

  /** For one photo, with all its attempts and redirects. */
  public Duration timeout() {
    return rules.timeout();
  }

  /** Exponential, with full jitter. */
  private Duration backOff(int attempt, Deadline deadline) {
    long bound = FIRST_BACKOFF.toNanos() << attempt - 1;
    return Duration.ofNanos(
        Math.min(random.nextLong(bound + 1), Math.max(0, deadline.remainingNanos())));
  }

  private FetchedPhoto once(String url, Deadline deadline) throws PhotoFailedException {
    URI current = rules.checked(url);
    for (int redirects = 0; redirects <= FetchRules.MAX_REDIRECTS; redirects++) {
      var exchange = new PhotoExchange(current, rules, connections, deadline);
      // Reads have their own bound, but a server that sends a byte now and then, in the handshake
      // or later, would be within it for ever.
      ScheduledFuture<?> end =
          closing.schedule(exchange::close, deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      try (exchange) {
        FetchedPhoto photo = exchange.run();
        if (photo != null) {
          return photo;
        }
      } finally {
        end.cancel(false);
      }
      current = rules.checked(exchange.location());
    }
    throw new PhotoFailedException(PhotoFailure.TOO_MANY_REDIRECTS);
  }

  @Override
  public void close() {
    resolving.shutdownNow();
    closing.shutdownNow();
  }
}
