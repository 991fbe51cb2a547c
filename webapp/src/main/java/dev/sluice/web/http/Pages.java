package dev.sluice.web.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The pages, their scripts and styles, out of the jar and kept in memory: nothing else can be asked
 * for, so no path can lead out of them.
 */
public final class Pages {

  private static final String FOLDER = "/dev/sluice/web/pages/";
  private static final String HTML = "text/html";

  private static final Map<String, String> HTML_PAGES =
      Map.of("/", "files.html", "/file", "file.html", "/live", "live.html");
  private static final List<String> FILES =
      List.of(
          "app.css",
          "icon.svg",
          "dom.js",
          "text.js",
          "server.js",
          "chart.js",
          "uploads.js",
          "files.js",
          "file.js",
          "live.js");

  private Pages() {}

  /**
   * Routes of all of them.
   *
   * @param guard whose token the pages carry
   * @param maxUploadBytes told to the page, which then need not send what is refused
   */
  public static List<Route> routes(RequestGuard guard, long maxUploadBytes) {
    var routes = new ArrayList<Route>();
    HTML_PAGES.forEach(
        (path, file) -> {
          String page =
              new String(read(file), StandardCharsets.UTF_8)
                  .replace("{{token}}", HtmlText.escaped(guard.token()))
                  .replace("{{max-upload-bytes}}", Long.toString(maxUploadBytes));
          routes.add(Route.get(path, exchange -> exchange.text(200, HTML, page)));
        });
    for (String file : FILES) {
      byte[] content = read(file);
      String tag = tag(content);
      routes.add(Route.get("/static/" + file, exchange -> answer(exchange, file, content, tag)));
    }
    return routes;
  }

  private static void answer(Exchange exchange, String file, byte[] content, String tag)
      throws IOException {
    exchange.putHeader("Cache-Control", "no-cache"); // kept, and asked for by its tag
    exchange.putHeader("ETag", tag);
    if (exchange.header("If-None-Match").filter(tag::equals).isPresent()) {
      exchange.empty(304);
    } else {
      exchange.bytes(200, type(file), content);
    }
  }

  private static String type(String file) {
    return switch (file.substring(file.lastIndexOf('.'))) {
      case ".css" -> "text/css;charset=utf-8";
      case ".svg" -> "image/svg+xml";
      default -> "text/javascript;charset=utf-8";
    };
  }

  private static String tag(byte[] content) {
    var checksum = new CRC32();
    checksum.update(content);
    return '"' + HexFormat.of().toHexDigits((int) checksum.getValue()) + '"';
  }

  private static byte[] read(String file) {
    try (InputStream in = Pages.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException(FOLDER + file + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
