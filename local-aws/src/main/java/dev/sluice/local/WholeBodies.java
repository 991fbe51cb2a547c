package dev.sluice.local;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;

/**
 * Reads the body of every request to its end before the request is over.
 *
 * <p>s3proxy stops at the last byte of the object, or earlier when it refuses the request. With
 * {@code Content-Encoding: aws-chunked}, in which the AWS SDKs send an object, an empty chunk and a
 * checksum follow that byte. If they had not arrived yet, Jetty closed the connection: while its
 * client was still sending, or, since an error is answered without {@code Connection: close}, when
 * the client used the connection again. Either way the client saw a broken connection, and could
 * not know whether its object was written.
 *
 * <p>A client that sends {@code Expect: 100-continue} sends its body, too: Jetty asks for it as
 * soon as s3proxy opens the stream, before anything is checked. Such a client is answered behind
 * its body only: were an error to come in one piece with {@code 100 Continue}, Java's
 * HttpURLConnection would lose it and wait for its answer until a time-out ends the connection.
 */
final class WholeBodies implements Filter {

  /** A client that sends more than this after its answer is ready loses its connection. */
  static final long MAX_UNREAD_BYTES = 64L << 20;

  private static final int BUFFER_BYTES = 8 << 10;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain next)
      throws IOException, ServletException {
    try {
      next.doFilter(
          request,
          waitsToSendItsBody(request) && response instanceof HttpServletResponse answer
              ? new AnswerBehindTheBody(answer, request.getInputStream())
              : response);
    } finally {
      readToItsEnd(request.getInputStream());
    }
  }

  private static boolean waitsToSendItsBody(ServletRequest request) {
    return request instanceof HttpServletRequest http
        && "100-continue".equalsIgnoreCase(http.getHeader("Expect"));
  }

  /** The writer, through which s3proxy answers every error, opens when the body has been read. */
  private static final class AnswerBehindTheBody extends HttpServletResponseWrapper {
    private final InputStream body;

    AnswerBehindTheBody(HttpServletResponse answer, InputStream body) {
      super(answer);
      this.body = body;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
      if (getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
        readToItsEnd(body);
      }
      return super.getWriter();
    }
  }

  private static void readToItsEnd(InputStream body) {
    var ignored = new byte[BUFFER_BYTES];
    long total = 0;
    try {
      while (total < MAX_UNREAD_BYTES) {
        int read = body.read(ignored);
        if (read < 0) {
          return;
        }
        total += read;
      }
    } catch (IOException clientIsGone) {
      // Jetty finds the rest unread and closes the connection.
    }
  }
}
