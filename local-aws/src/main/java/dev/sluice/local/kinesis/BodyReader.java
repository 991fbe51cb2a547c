package dev.sluice.local.kinesis;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads the body of one request up to a bound. No thread waits for the rest of a slow body. */
final class BodyReader implements Runnable {
  private final Request request;
  private final int bytesMax;
  private final Consumer<byte[]> whole;
  private final Runnable unreadable;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /**
   * @param whole is given the body
   * @param unreadable runs instead when the body is larger than the bound or breaks off
   */
  BodyReader(Request request, int bytesMax, Consumer<byte[]> whole, Runnable unreadable) {
    this.request = request;
    this.bytesMax = bytesMax;
    this.whole = whole;
    this.unreadable = unreadable;
  }

  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        unreadable.run();
        return;
      }
      append(chunk);
      if (body.size() > bytesMax) {
        unreadable.run();
        return;
      }
      if (chunk.isLast()) {
        whole.accept(body.toByteArray());
        return;
      }
    }
  }

  private void append(Content.Chunk chunk) {
    ByteBuffer buffer = chunk.getByteBuffer();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    body.writeBytes(bytes);
    chunk.release();
  }
}
