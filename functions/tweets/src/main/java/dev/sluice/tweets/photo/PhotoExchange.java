package dev.sluice.tweets.photo;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import javax.net.ssl.SSLSocket;

/** One request and its answer, on a connection of its own. */
final class PhotoExchange implements AutoCloseable {
  private final URI url;
  private final FetchRules rules;
  private final Connections connections;
  private final Deadline deadline;
  private volatile Socket socket;
  private URI location;

  /**
   * @param url one that the rules allow
   */
  PhotoExchange(URI url, FetchRules rules, Connections connections, Deadline deadline) {
    this.url = url;
    this.rules = rules;
    this.connections = connections;
    this.deadline = deadline;
  }

  /** The photo, or null when the server says that it is elsewhere. */
  FetchedPhoto run() throws PhotoFailedException {
    try {
      return talk(
          connections.open(
              FetchRules.hostOf(url), rules.port(), deadline, opened -> socket = opened));
    } catch (SocketTimeoutException e) {
      throw new PhotoFailedException(PhotoFailure.TIMED_OUT);
    } catch (IOException e) {
      throw new PhotoFailedException(
          deadline.isOver() ? PhotoFailure.TIMED_OUT : PhotoFailure.CUT_OFF);
    }
  }

  /** Where it is. */
  URI location() {
    return location;
  }

  /**
   * Ends whatever waits, from any thread; without TLS's farewell, which would wait for a server
   * that does not read.
   */
  @Override
  public void close() {
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
}
