package dev.sluice.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.web.Visitor;
import dev.sluice.web.WebApplication;
import dev.sluice.web.WebStack;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and what every answer carries. */
class GuardTest {

  private static WebStack stack;
  private static WebApplication pages;
  private static WebApplication closedPages;
  private static Visitor visitor;
  private static Visitor stranger;

  @BeforeAll
  static void serve() {
    stack = WebStack.create();
    pages = stack.serve();
    closedPages =
        stack.serve(
            Map.of("WEB_USER", "öps", "WEB_PASSWORD", "correct horse"), InstantSource.system());
    visitor = new Visitor(pages.url());
    stranger = new Visitor(closedPages.url());
  }

  @AfterAll
  static void close() {
    pages.close();
    closedPages.close();
    stack.clients().close();
  }

  private static HttpRequest.Builder put() {
    return visitor.request("/api/upload?name=a.log").PUT(BodyPublishers.ofString("x"));
  }

  private static int status(HttpRequest.Builder request) {
    return visitor.send(request.build()).statusCode();
  }

  /** Sends what no client library would, and reads the first line of the answer. */
  private static String raw(String request) throws IOException {
    try (var socket = new Socket(pages.url().getHost(), pages.url().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.lines().findFirst().orElse("");
    }
  }

  @Test
  void changesNothingWithoutTheToken() {
    assertThat(status(put())).isEqualTo(403);
    assertThat(status(put().header("X-Sluice-Token", "guessed"))).isEqualTo(403);
    assertThat(status(put().header("X-Sluice-Token", visitor.token()))).isEqualTo(201);
  }

  @Test
  void changesNothingForAnotherOrigin() {
    String token = visitor.token();
    String own = pages.url().toString();
    for (String origin :
        List.of("http://evil.example", "null", "http://127.0.0.1:1", own + ".evil")) {
      assertThat(status(put().header("X-Sluice-Token", token).header("Origin", origin)))
          .as(origin)
          .isEqualTo(403);
    }
    assertThat(status(put().header("X-Sluice-Token", token).header("Origin", own))).isEqualTo(201);
    assertThat(status(put().header("X-Sluice-Token", token).header("Sec-Fetch-Site", "cross-site")))
        .isEqualTo(403);
  }

  @Test
  void givesEveryProcessATokenOfItsOwn() {
    try (WebApplication other = stack.serve()) {
      assertThat(new Visitor(other.url()).token()).isNotEqualTo(visitor.token()).hasSize(43);
    }
  }

  @Test
  void answersToNoForeignNameWithoutAPassword() throws IOException {
    for (String host : List.of("evil.example", "127.0.0.1.evil.example", "10.0.0.1")) {
      assertThat(raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
          .as(host)
          .startsWith("HTTP/1.1 421");
    }
    assertThat(raw("GET / HTTP/1.1\r\nHost: localhost:80\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void asksForUserAndPassword() {
    for (String path : List.of("/", "/api/files", "/static/app.css", "/nowhere")) {
      assertThat(stranger.get(path).statusCode()).as(path).isIn(401, 404);
    }
    HttpResponse<String> refused = stranger.get("/");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .contains("Basic realm=\"Sluice\", charset=\"UTF-8\"");
    assertThat(refused.body()).doesNotContain("sluice-token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"öps:wrong password", "ops:correct horse", "öps:correct horse ", "öps", ":", ""})
  void refusesOtherCredentials(String credentials) {
    assertThat(stranger.get("/", "Authorization", basic(credentials)).statusCode()).isEqualTo(401);
  }

  @Test
  void takesTheRightOnesAndNoGarbage() {
    assertThat(stranger.get("/", "Authorization", basic("öps:correct horse")).statusCode())
        .isEqualTo(200);
    for (String header :
        List.of("Basic", "Basic ???", "Bearer abc", "Basic " + "A".repeat(5_000))) {
      assertThat(stranger.get("/", "Authorization", header).statusCode()).isEqualTo(401);
    }
  }

  private static String basic(String credentials) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void tellsMachinesThatItIsWellWithoutALogin() {
    assertThat(stranger.get("/health").body()).isEqualTo("{\"status\":\"ok\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/live", "/file?name=x", "/static/app.css", "/api/files", "/nowhere"})
  void tellsTheBrowserWhatNotToDo(String path) {
    HttpResponse<String> answer = visitor.get(path);
    assertThat(answer.headers().map())
        .containsEntry("Content-Security-Policy", List.of(SecurityHeaders.CONTENT_SECURITY_POLICY))
        .containsEntry("X-Content-Type-Options", List.of("nosniff"))
        .containsEntry("X-Frame-Options", List.of("DENY"))
        .containsEntry("Referrer-Policy", List.of("no-referrer"));
    assertThat(answer.headers().firstValue("Server")).isEmpty();
    assertThat(SecurityHeaders.CONTENT_SECURITY_POLICY)
        .startsWith("default-src 'self'")
        .doesNotContain("unsafe");
  }

  @Test
  void pagesHoldNothingInlineAndNothingFromElsewhere() {
    var inline =
        Pattern.compile(
            "<script(?![^>]*\\bsrc=\"/static/)|<style|\\sstyle=|\\son\\w+=|(?:src|href)=\"(?:https?:)?//",
            Pattern.CASE_INSENSITIVE);
    for (String path : List.of("/", "/live", "/file")) {
      assertThat(inline.matcher(visitor.get(path).body()).find()).as(path).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/static/../WebMain.class",
        "/static/%2e%2e/WebMain.class",
        "/static/..%2fWebMain.class",
        "/static/",
        "/static/files.html",
        "//evil.example",
        "/static/app.css/x",
        "/static/app.css;x",
        "/API/files"
      })
  void servesNothingButItsPages(String path) throws IOException {
    assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .containsPattern("HTTP/1.1 40[04]");
  }

  @Test
  void refusesOtherMethods() {
    for (String method : List.of("POST", "DELETE", "PATCH", "TRACE")) {
      HttpRequest request =
          visitor.request("/api/files").method(method, BodyPublishers.noBody()).build();
      assertThat(visitor.send(request).statusCode()).as(method).isEqualTo(405);
    }
  }

  @Test
  void refusesWhatIsNoHttpAndHeadersWithoutEnd() throws IOException {
    assertThat(raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(
            raw(
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: "
                    + "x".repeat(WebServer.MAX_HEADER_BYTES)
                    + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
  }

  @Test
  void sendsAFileOfThePagesOnce() {
    HttpResponse<String> first = visitor.get("/static/app.css");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> second = visitor.get("/static/app.css", "If-None-Match", tag);
    assertThat(first.body()).contains("prefers-color-scheme: dark");
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
  }
}
