package dev.sluice.tweets.photo;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLSocket;
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
      var exchange = new Exchange(current, deadline);
      FetchedPhoto photo = exchange.run();
      if (photo != null) {
        return photo;
      }
      current = rules.checked(exchange.location);
    }
    throw new PhotoFailedException(PhotoFailure.TOO_MANY_REDIRECTS);
  }

  /** One request and its answer, on a connection of its own. */
  private final class Exchange {
    private final URI url;
    private final Deadline deadline;
    private volatile Socket socket;
    private URI location;

    Exchange(URI url, Deadline deadline) {
      this.url = url;
      this.deadline = deadline;
    }

    /** The photo, or null and a location. */
    FetchedPhoto run() throws PhotoFailedException {
      // Reads have their own bound, but a server that sends a byte now and then, in the handshake
      // or later, would be within it for ever.
      ScheduledFuture<?> end =
          closing.schedule(this::close, deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      try {
        return talk(
            connections.open(
                FetchRules.hostOf(url), rules.port(), deadline, opened -> socket = opened));
      } catch (SocketTimeoutException e) {
        throw new PhotoFailedException(PhotoFailure.TIMED_OUT);
      } catch (IOException e) {
        throw new PhotoFailedException(
            deadline.isOver() ? PhotoFailure.TIMED_OUT : PhotoFailure.CUT_OFF);
      } finally {
        end.cancel(false);
        close(); // without TLS's farewell, which would wait for a server that does not read
      }
    }

    private void close() {
      Socket opened = socket;
      try {
        if (opened != null) {
          opened.close();
        }
      } catch (IOException e) {
        // It is of no use any more.
      }
    }

    private FetchedPhoto talk(SSLSocket connection) throws IOException, PhotoFailedException {
      connection.getOutputStream().write(HttpHead.request(authority(), target()));
      var in = new BufferedInputStream(new TimedInput(connection, deadline));
      HttpHead head = HttpHead.read(in);
      switch (head.status()) {
        case 200 -> {
          return photo(head, in);
        }
        case 301, 302, 303, 307, 308 -> {
          location = location(head);
          return null;
        }
        default -> throw new PhotoFailedException(failure(head.status()));
      }
    }

    private String authority() {
      String host = FetchRules.hostOf(url);
      return url.getPort() < 0 ? host : host + ":" + url.getPort();
    }

    private String target() {
      String ascii = url.toASCIIString();
      int path = ascii.indexOf('/', "https://".length());
      int fragment = ascii.indexOf('#');
      int end = fragment < 0 ? ascii.length() : fragment;
      String target = path < 0 || path >= end ? "" : ascii.substring(path, end);
      return target.startsWith("/") ? target : "/" + target;
    }

    private URI location(HttpHead head) throws PhotoFailedException {
      try {
        return url.resolve(head.headers().getOrDefault("location", "http://none"));
      } catch (IllegalArgumentException e) {
        throw new PhotoFailedException(PhotoFailure.REFUSED_URL);
      }
    }

    private FetchedPhoto photo(HttpHead head, InputStream in)
        throws IOException, PhotoFailedException {
      ImageType type =
          ImageType.of(head.header("content-type"))
              .orElseThrow(() -> new PhotoFailedException(PhotoFailure.WRONG_TYPE));
      String encoding = head.headers().getOrDefault("content-encoding", "identity");
      if (!encoding.equalsIgnoreCase("identity")) {
        throw new PhotoFailedException(PhotoFailure.WRONG_TYPE);
      }
      byte[] bytes = new HttpBody(in, rules.maxBytes()).read(head);
      if (!type.isBeginningOf(bytes)) {
        throw new PhotoFailedException(PhotoFailure.WRONG_TYPE);
      }
      return new FetchedPhoto(type, bytes);
    }
  }

  private static PhotoFailure failure(int status) {
    boolean later = status >= 500 || status == 429 || status == 408;
    return later ? PhotoFailure.SERVER_ERROR : PhotoFailure.NOT_FOUND;
  }

  /** Waits for each piece no longer than until the deadline. */
  private static final class TimedInput extends FilterInputStream {
    private final SSLSocket socket;
    private final Deadline deadline;

    TimedInput(SSLSocket socket, Deadline deadline) throws IOException {
      super(socket.getInputStream());
      this.socket = socket;
      this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        socket.setSoTimeout(deadline.remainingMillis());
      } catch (PhotoFailedException e) {
        throw new SocketTimeoutException("the photo takes too long");
      }
      return super.read(into, offset, length);
    }
  }

  @Override
  public void close() {
    resolving.shutdownNow();
    closing.shutdownNow();
  }
}
