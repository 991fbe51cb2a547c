package dev.sluice.registrations;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/**
 * Greets one client as a MySQL without TLS that wants the password as it is, asks for it once more,
 * and keeps all that the client says (MySQL, "Connection Phase").
 */
final class ClearPasswordServer implements AutoCloseable {

  private static final Duration SILENCE_MAX = Duration.ofSeconds(30);
  private static final Duration STOP_MAX = Duration.ofSeconds(60);
  private static final String PLUGIN = "mysql_clear_password";
  private static final int PROTOCOL = 10;

  /** Long passwords, protocol 4.1, transactions, authentication by plugins; no CLIENT_SSL. */
  private static final int CAPABILITIES = 0x1 | 0x8 | 0x200 | 0x2000 | 0x8000 | 0x80000;

  private static final int UTF8MB4 = 45;
  private static final int AUTOCOMMIT = 2;
  private static final int CHALLENGE_BYTES = 21;
  private static final int AUTH_SWITCH = 0xfe;

  private final ServerSocket socket;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final Thread thread = new Thread(this::serve, "clear-password-server");

  ClearPasswordServer() throws IOException {
    socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    try (Socket client = socket.accept()) {
      client.setSoTimeout(Math.toIntExact(SILENCE_MAX.toMillis()));
      send(client, 0, greeting());
      byte[] some = new byte[8_192];
      InputStream in = client.getInputStream();
      for (int read = in.read(some), answers = 0; read >= 0; read = in.read(some), answers++) {
        received.write(some, 0, read);
        if (answers == 0) {
          send(client, 2, switchRequest());
        }
      }
    } catch (IOException gone) {
      // the client has left, as it should
    }
  }

  private static void send(Socket client, int sequence, byte[] payload) throws IOException {
    var packet = new ByteArrayOutputStream();
    packet.write(payload.length);
    packet.write(payload.length >> 8);
    packet.write(payload.length >> 16);
    packet.write(sequence);
    packet.writeBytes(payload);
    client.getOutputStream().write(packet.toByteArray());
    client.getOutputStream().flush();
  }

  private static byte[] greeting() {
    var out = new ByteArrayOutputStream();
    out.write(PROTOCOL);
    text(out, "8.0.36");
    out.writeBytes(new byte[] {1, 0, 0, 0}); // connection id
    out.writeBytes("12345678".getBytes(US_ASCII));
    out.write(0);
    out.write(CAPABILITIES);
    out.write(CAPABILITIES >> 8);
    out.write(UTF8MB4);
    out.write(AUTOCOMMIT);
    out.write(0);
    out.write(CAPABILITIES >> 16);
    out.write(CAPABILITIES >> 24);
    out.write(CHALLENGE_BYTES);
    out.writeBytes(new byte[10]);
    text(out, "901234567890"); // the rest of the challenge
    text(out, PLUGIN);
    return out.toByteArray();
  }

  private static byte[] switchRequest() {
    var out = new ByteArrayOutputStream();
    out.write(AUTH_SWITCH);
    text(out, PLUGIN);
    out.write(0);
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(US_ASCII));
    out.write(0);
  }

  /** All that the client has said; waits until it has gone. */
  byte[] received() throws InterruptedException {
    thread.join(STOP_MAX.toMillis());
    return received.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
