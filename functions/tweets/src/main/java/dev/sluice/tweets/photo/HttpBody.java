package dev.sluice.tweets.photo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the body of an answer and counts its bytes while they come. Its length must be told, by
 * {@code Content-Length} or chunks: otherwise half of a photo would look like a whole.
 */
final class HttpBody {
  private static final int PIECE_BYTES = 16 << 10;
  private static final int MAX_CHUNK_LINE = 1 << 10;
  private static final int MAX_LENGTH_DIGITS = 18;
  private static final int MAX_CHUNK_DIGITS = 8;

  private final InputStream in;
  private final int maxBytes;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(PIECE_BYTES);
  private final byte[] piece = new byte[PIECE_BYTES];

  HttpBody(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  byte[] read(HttpHead head) throws IOException, PhotoFailedException {
    String coding = head.header("transfer-encoding");
    String length = head.header("content-length");
    if (coding != null) {
      if (!coding.equalsIgnoreCase("chunked")) {
        throw new PhotoFailedException(PhotoFailure.BAD_ANSWER);
      }
      readChunks();
    } else if (length != null && length.matches("[0-9]{1," + MAX_LENGTH_DIGITS + "}")) {
      read(Long.parseLong(length));
    } else {
      throw new PhotoFailedException(PhotoFailure.BAD_ANSWER);
    }
    return body.toByteArray();
  }

  private void read(long bytes) throws IOException, PhotoFailedException {
    if (bytes > maxBytes - body.size()) {
      throw new PhotoFailedException(PhotoFailure.TOO_LARGE);
    }
    long left = bytes;
    while (left > 0) {
      int count = in.read(piece, 0, (int) Math.min(left, piece.length));
      if (count < 0) {
        throw new PhotoFailedException(PhotoFailure.CUT_OFF);
      }
      body.write(piece, 0, count);
      left -= count;
    }
  }

  private void readChunks() throws IOException, PhotoFailedException {
    while (true) {
      String line = HttpHead.line(in, MAX_CHUNK_LINE);
      int end = line.indexOf(';');
      String size = (end < 0 ? line : line.substring(0, end)).strip();
      if (!size.matches("[0-9A-Fa-f]{1," + MAX_CHUNK_DIGITS + "}")) {
        throw new PhotoFailedException(PhotoFailure.BAD_ANSWER);
      }
      long bytes = Long.parseLong(size, 16);
      if (bytes == 0) {
        return; // trailers say nothing about a photo
      }
      read(bytes);
      if (!HttpHead.line(in, 1).isEmpty()) {
        throw new PhotoFailedException(PhotoFailure.BAD_ANSWER);
      }
    }
  }
}
