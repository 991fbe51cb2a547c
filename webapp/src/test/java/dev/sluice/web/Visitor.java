package dev.sluice.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a browser: gets pages and puts files as the script of the pages does. */
public final class Visitor {

  private static final Duration MAX_TIME = Duration.ofMinutes(2);
  private static final Pattern TOKEN =
      Pattern.compile("name=\"sluice-token\" content=\"([^\"]+)\"");
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI site;

  public Visitor(URI site) {
    this.site = site;
  }

  /** A text as it stands in a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(site + path)).timeout(MAX_TIME);
  }

  public HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  public HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public HttpResponse<byte[]> download(String path) {
    try {
      return http.send(request(path).build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An answer that is read as JSON. */
  public JsonNode json(String path) {
    return json(get(path));
  }

  public static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(answer.statusCode() + " " + answer.body(), e);
    }
  }

  /** The token that the page carries. */
  public String token() {
    Matcher found = TOKEN.matcher(get("/").body());
    if (!found.find()) {
      throw new IllegalStateException("the page carries no token");
    }
    return found.group(1);
  }

  /** An upload that passes every guard. */
  public HttpRequest upload(String name, BodyPublisher body) {
    return request("/api/upload?name=" + encoded(name))
        .header("X-Sluice-Token", token())
        .PUT(body)
        .build();
  }

  public HttpResponse<String> put(String name, byte[] body) {
    return send(upload(name, BodyPublishers.ofByteArray(body)));
  }
}
