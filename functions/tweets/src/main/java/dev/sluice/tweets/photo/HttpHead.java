package dev.sluice.tweets.photo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status and headers of an answer, RFC 9112.
 *
 * @param headers by names in lower case; of a repeated one, the last
 */
record HttpHead(int status, Map<String, String> headers) {
  static final int MAX_BYTES = 16 << 10;

  private static final int MAX_INTERIM = 4;
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})(?: .*)?");

  /**
   * Reads the head of the final answer.
   *
   * @throws PhotoFailedException when it is none, or too long
   */
  static HttpHead read(InputStream in) throws IOException, PhotoFailedException {
    for (int i = 0; i <= MAX_INTERIM; i++) {
      HttpHead head = readOne(in);
      if (head.status >= 200) {
        return head;
      }
    }
    throw new PhotoFailedException(PhotoFailure.BAD_ANSWER);
  }

  private static HttpHead readOne(InputStream in) throws IOException, PhotoFailedException {
    int left = MAX_BYTES;
    String line = line(in, left);
    left -= line.length();
    Matcher status = STATUS_LINE.matcher(line);
    if (!status.matches()) {
      throw new PhotoFailedException(PhotoFailure.BAD_ANSWER);
    }
    var headers = new HashMap<String, String>();
    while (true) {
      line = line(in, left);
      left -= line.length() + 1;
      if (line.isEmpty()) {
        return new HttpHead(Integer.parseInt(status.group(1)), headers);
      }
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new PhotoFailedException(PhotoFailure.BAD_ANSWER);
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
  }

  String header(String name) {
    return headers.get(name);
  }

  /** A line without its end. */
  static String line(InputStream in, int maxBytes) throws IOException, PhotoFailedException {
    var line = new StringBuilder();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new PhotoFailedException(PhotoFailure.CUT_OFF);
      }
      if (b == '\n') {
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r'
            ? line.substring(0, length - 1)
            : line.toString();
      }
      if (line.length() >= maxBytes) {
        throw new PhotoFailedException(PhotoFailure.BAD_ANSWER);
      }
      line.append((char) b);
    }
  }

  /** The request for a photo. */
  static byte[] request(String host, String target) {
    return ("GET "
            + target
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nUser-Agent: sluice\r\nAccept: image/*\r\nAccept-Encoding: identity\r\n"
            + "Connection: close\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
