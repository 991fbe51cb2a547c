package dev.sluice.local.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One connection of a client and one to the server: a thread for what comes from each. */
final class ProxiedConnection {
  private static final int BUFFER_BYTES = 16 * 1024;

  /** First bytes of HTTP/2 (RFC 9113, 3.4); no method of HTTP/1.1 begins so. */
  private static final byte[] HTTP2_PREFACE = "PRI * HTTP/2".getBytes(StandardCharsets.US_ASCII);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final Socket client;
  private final InetSocketAddress target;
  private final FaultDice dice;
  private final Consumer<ProxiedConnection> ended;
  private final Socket server = new Socket();
  private final CountDownLatch connected = new CountDownLatch(1);
  private final AtomicBoolean over = new AtomicBoolean();

  /** What happens to the next answer: {@link Fault#LOST_ANSWER}, {@link Fault#PARTIAL} or null. */
  private final AtomicReference<Fault> nextAnswer = new AtomicReference<>();

  ProxiedConnection(
      Socket client, InetSocketAddress target, FaultDice dice, Consumer<ProxiedConnection> ended) {
    this.client = client;
    this.target = target;
    this.dice = dice;
    this.ended = ended;
  }

  void relayRequests() {
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(target, (int) CONNECT_TIMEOUT.toMillis());
      connected.countDown();
      var in = new BufferedInputStream(client.getInputStream(), BUFFER_BYTES);
      if (isHttp2(in)) {
        relayBursts(in);
      } else {
        relayCalls(in);
      }
      server.shutdownOutput(); // the client has said all; its last answer may be on the way
    } catch (IOException broken) {
      reset();
    } catch (InterruptedException interrupted) {
      reset();
      Thread.currentThread().interrupt();
    } finally {
      connected.countDown();
    }
  }

  private static boolean isHttp2(InputStream in) throws IOException {
    in.mark(HTTP2_PREFACE.length);
    boolean same = true;
    for (int i = 0; i < HTTP2_PREFACE.length && same; i++) {
      same = in.read() == HTTP2_PREFACE[i];
    }
    in.reset();
    return same;
  }

  private void relayBursts(InputStream in) throws IOException, InterruptedException {
    OutputStream out = server.getOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      FaultDice.Draw draw = dice.call(false);
      if (!letPass(draw)) {
        return;
      }
      out.write(buffer, 0, read);
    }
  }

  private void relayCalls(InputStream in) throws IOException, InterruptedException {
    OutputStream out = server.getOutputStream();
    while (true) {
      HttpHead head = HttpHead.read(in);
      if (head == null) {
        return;
      }
      FaultDice.Draw draw = dice.call(true);
      if (draw.is(Fault.ERROR)) {
        ErrorAnswer.error(head, draw.mix().errorStatus(), in, client);
        end(false);
        return;
      }
      if (draw.is(Fault.THROTTLE)) {
        ErrorAnswer.throttled(head, in, client);
        end(false);
        return;
      }
      if (!letPass(draw)) {
        return;
      }
      out.write(head.bytes());
      head.copyBody(in, out);
    }
  }

  /** Lets the fault happen; false when the connection is gone. */
  private boolean letPass(FaultDice.Draw draw) throws InterruptedException {
    if (draw.is(Fault.HANG)) {
      draw.await(draw.mix().hang());
      reset();
    } else if (draw.is(Fault.RESET)) {
      reset();
    } else if (draw.is(Fault.LATENCY)) {
      draw.await(draw.mix().latency());
    } else if (draw.is(Fault.LOST_ANSWER) || draw.is(Fault.PARTIAL)) {
      nextAnswer.set(draw.fault().orElseThrow());
    }
    return !over.get();
  }

  void relayResponses() {
    try {
      connected.await();
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        Fault fault = isInterim(buffer, read) ? null : nextAnswer.get();
        if (fault != null) {
          if (fault == Fault.PARTIAL) {
            out.write(buffer, 0, partOf(buffer, read));
            out.flush();
          }
          reset();
          return;
        }
        out.write(buffer, 0, read);
      }
      end(false);
    } catch (IOException broken) {
      reset();
    } catch (InterruptedException interrupted) {
      reset();
      Thread.currentThread().interrupt();
    }
  }

  /** A {@code 100 Continue}: the answer is still to come. */
  private static boolean isInterim(byte[] bytes, int length) {
    return length > 12
        && new String(bytes, 0, 12, StandardCharsets.US_ASCII).matches("HTTP/1\\.1 1\\d\\d");
  }

  /** The head and half of what is there of the body; where there is none, half of the head. */
  private static int partOf(byte[] bytes, int length) {
    int body = HttpHead.end(bytes, length);
    return body < 0 || body == length ? length / 2 : body + (length - body) / 2;
  }

  /** Both sides see a reset. */
  void reset() {
    end(true);
  }

  private void end(boolean byReset) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    for (Socket socket : new Socket[] {client, server}) {
      try {
        if (byReset) {
          socket.setSoLinger(true, 0); // an RST in place of a FIN
        }
        socket.close();
      } catch (IOException gone) {
        // it is closed all the same
      }
    }
    connected.countDown();
    ended.accept(this);
  }
}
