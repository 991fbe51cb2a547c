package dev.sluice.jmh.pipeline;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The page rules of docs/format.md on Strings, for the neighbours. */
final class PageNames {
  private static final String INDEX = "index";

  private PageNames() {}

  /** The page of a request line, or null. */
  static String ofRequest(String request) {
    int method = request.indexOf(' ');
    if (method < 0 || request.startsWith("CONNECT ")) {
      return null;
    }
    int protocol = request.lastIndexOf(" HTTP/");
    return ofUri(request.substring(method + 1, protocol > method ? protocol : request.length()));
  }

  /** The page of a target or a referer, or null. */
  static String ofUri(String uri) {
    String path = pathOf(withoutQuery(uri));
    if (path == null) {
      return null;
    }
    String segment = lastSegment(path);
    return segment == null ? INDEX : withoutExtension(decoded(segment));
  }

  private static String withoutQuery(String uri) {
    for (int i = 0; i < uri.length(); i++) {
      if (uri.charAt(i) == '?' || uri.charAt(i) == '#') {
        return uri.substring(0, i);
      }
    }
    return uri;
  }

  private static String pathOf(String uri) {
    if (uri.startsWith("/")) {
      return uri;
    }
    int authority = uri.indexOf("://");
    if (authority > 0) {
      int slash = uri.indexOf('/', authority + 3);
      return slash < 0 ? "" : uri.substring(slash);
    }
    int slash = uri.indexOf('/');
    return slash < 0 ? null : uri.substring(slash);
  }

  /** The last segment that is not empty without its parameters, or null. */
  private static String lastSegment(String path) {
    int end = path.length();
    while (end > 0) {
      int slash = path.lastIndexOf('/', end - 1);
      String segment = path.substring(slash + 1, end);
      int parameters = segment.indexOf(';');
      String name = parameters < 0 ? segment : segment.substring(0, parameters);
      if (!name.isEmpty()) {
        return name;
      }
      end = slash;
    }
    return null;
  }

  private static String decoded(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    var bytes = new ByteArrayOutputStream(segment.length());
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c != '%') {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      int high = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 1), 16) : -1;
      int low = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return segment;
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return segment; // half-decoded text could not be turned back
    }
  }

  private static String withoutExtension(String name) {
    int start = 0;
    while (start < name.length() && name.charAt(start) == '.') {
      start++;
    }
    int dot = name.lastIndexOf('.');
    return dot > start ? name.substring(0, dot) : name;
  }
}
