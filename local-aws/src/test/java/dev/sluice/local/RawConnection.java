package dev.sluice.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** HTTP/1.1 on one connection, each byte sent when the test says so. */
final class RawConnection implements AutoCloseable {

  /**
   * @param headers by name in lower case
   */
  record Answer(int status, Map<String, String> headers) {}

  /** Far more than a loaded machine needs for one answer. */
  private static final int PATIENCE_MILLIS = 60_000;

  /** Too short on a loaded machine: then a test sees less, and does not fail for it. */
  private static final int READY_ANSWER_MILLIS = 200;

  private final URI server;
  private final Socket socket;
  private final InputStream in;

  RawConnection(URI server) throws IOException {
    this.server = server;
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  void sendHead(String method, String path, Map<String, String> headers) throws IOException {
    var head = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    all.put("Host", server.getAuthority());
    all.putAll(headers);
    all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    send(head.append("\r\n").toString().getBytes(ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /**
   * Reads {@code 100 Continue} and nothing that may have come with it.
   *
   * @return whether nothing more comes, for as long as a server needs for an answer that is ready
   */
  boolean readContinueAlone() throws IOException {
    assertThat(readLine()).isEqualTo("HTTP/1.1 100 Continue");
    assertThat(readLine()).isEmpty();
    socket.setSoTimeout(READY_ANSWER_MILLIS);
    in.mark(1);
    try {
      in.read();
      in.reset();
      return false;
    } catch (SocketTimeoutException nothing) {
      return true;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  /**
   * Reads one answer with its body.
   *
   * @throws IOException if the server has closed the connection
   */
  Answer readAnswer() throws IOException {
    int status = Integer.parseInt(readLine().split(" ")[1]);
    var headers = new TreeMap<String, String>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      String[] header = line.split(": *", 2);
      headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
    }
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      readChunks();
    } else {
      in.skipNBytes(Long.parseLong(headers.get("content-length")));
    }
    return new Answer(status, headers);
  }

  private void readChunks() throws IOException {
    int length;
    do {
      length = Integer.parseInt(readLine(), 16);
      in.skipNBytes(length);
      readLine();
    } while (length > 0);
  }

  private String readLine() throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server has closed the connection");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
