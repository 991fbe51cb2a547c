package dev.sluice.tweets.photo;

import static dev.sluice.tweets.photo.PhotoServer.HOST;
import static dev.sluice.tweets.photo.PhotoServer.OTHER_HOST;
import static dev.sluice.tweets.photo.PhotoServer.head;
import static dev.sluice.tweets.photo.PhotoServer.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.samples.tweets.SamplePhoto;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Photos of a server on loopback, and servers that nobody should be led to. */
class PhotoFetcherTest {
  private static final String PHOTO = "FAAAAAAAAAAAAAA.jpg";
  private static final byte[] BYTES = SamplePhoto.bytes(PHOTO);
  private static final int MAX_BYTES = 100_000;

  /** Long enough for what comes, in whatever time this machine takes. */
  private static final Duration LONG = Duration.ofMinutes(2);

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Set<String> HOSTS = Set.of(HOST, OTHER_HOST, "wrong.example");

  @TempDir static Path folder;

  private final List<Duration> pauses = new ArrayList<>();
  private final AtomicInteger resolved = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();
  private final List<PhotoFetcher> fetchers = new ArrayList<>();
  private PhotoServer server;

  @BeforeEach
  void start() throws Exception {
    server = PhotoServer.start(folder);
  }

  @AfterEach
  void stop() throws IOException {
    fetchers.forEach(PhotoFetcher::close);
    server.close();
  }

  private PhotoFetcher fetcher(Duration timeout, HostResolver resolver, AddressPolicy policy) {
    return fetcher(
        new FetchRules(HOSTS, server.port(), MAX_BYTES, timeout, 3),
        resolver,
        policy,
        server.clients());
  }

  private PhotoFetcher fetcher(
      FetchRules rules, HostResolver resolver, AddressPolicy policy, SSLSocketFactory tls) {
    var fetcher =
        new PhotoFetcher(
            rules,
            host -> {
              resolved.incrementAndGet();
              return resolver.resolve(host);
            },
            policy,
            tls,
            () -> nanos.get() + System.nanoTime(),
            pauses::add,
            new Random(1));
    fetchers.add(fetcher);
    return fetcher;
  }

  private PhotoFetcher fetcher() {
    return fetcher(LONG, PhotoFetcherTest::loopback, InetAddress::isLoopbackAddress);
  }

  private static InetAddress[] loopback(String host) {
    return new InetAddress[] {InetAddress.getLoopbackAddress()};
  }

  private static PhotoFailure failure(PhotoFetcher fetcher, String url) {
    return catchThrowableOfType(PhotoFailedException.class, () -> fetcher.fetch(url, LONG))
        .failure();
  }

  private String url(String target) {
    return "https://" + HOST + ":" + server.port() + target;
  }

  private void answerPhoto(String target, String... headers) {
    server.answer(
        target,
        out -> {
          out.write(head(200, headers));
          out.write(BYTES);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "FBBBBBBBBBBBBBB.jpg, JPEG",
    "FBBBBBBBBBBBBBB.png, PNG",
    "FBBBBBBBBBBBBBB.gif, GIF",
    "FBBBBBBBBBBBBBB.webp, WEBP"
  })
  void aPhotoIsWhatTheServerHas(String name, ImageType type) throws Exception {
    FetchedPhoto photo = fetcher().fetch(server.base() + name, LONG);
    assertThat(photo.type()).isEqualTo(type);
    assertThat(photo.bytes()).isEqualTo(SamplePhoto.bytes(name));
    assertThat(name).endsWith(type.extension());
  }

  @Test
  void chunksAreOnePhoto() throws Exception {
    server.answer(
        "/chunked?a=%20b",
        out -> {
          out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
          out.write(head(200, "content-type: IMAGE/jpeg;q=1", "Transfer-Encoding: chunked"));
          out.write("0A;x=y\r\n".getBytes(ISO_8859_1));
          out.write(BYTES, 0, 10);
          out.write(
              ("\r\n" + Integer.toHexString(BYTES.length - 10) + "\r\n").getBytes(ISO_8859_1));
          out.write(BYTES, 10, BYTES.length - 10);
          out.write("\r\n0\r\n\r\n".getBytes(ISO_8859_1));
        });
    assertThat(fetcher().fetch(url("/chunked?a=%20b#fragment"), LONG).bytes()).isEqualTo(BYTES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://photos.example/a.jpg",
        "ftp://photos.example/a.jpg",
        "https://photos.example/a.jpg",
        "https://photos.example:1/a.jpg",
        "https://evil.example:PORT/a.jpg",
        "https://photos.example.evil.example:PORT/a.jpg",
        "https://photos.example.:PORT/a.jpg",
        "https://me@photos.example:PORT/a.jpg",
        "https://photos.example:PORT@evil.example/a.jpg",
        "https://127.0.0.1:PORT/a.jpg",
        "https://[::1]:PORT/a.jpg",
        "https://[::ffff:127.0.0.1]:PORT/a.jpg",
        "https://2130706433:PORT/a.jpg",
        "https:///a.jpg",
        "https:a.jpg",
        "//photos.example:PORT/a.jpg",
        "file:///etc/passwd",
        "https://photos.example:PORT/a\r\nHost: evil.example",
        "https://photos.example:PORT\\@evil.example/",
        "",
        "\u0000"
      })
  void aUrlThatIsNotAllowedIsRefusedBeforeAnythingIsAsked(String url) {
    String here = url.replace("PORT", Integer.toString(server.port()));
    assertThat(failure(fetcher(), here)).isEqualTo(PhotoFailure.REFUSED_URL);
    assertThat(resolved).hasValue(0);
    assertThat(server.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "::1",
        "fd00::1",
        "fe80::1",
        "ff02::1",
        "64:ff9b::7f00:1",
        "8.8.8.8,127.0.0.1",
        "127.0.0.1,8.8.8.8"
      })
  void anAddressInsideIsRefusedBeforeConnecting(String addresses) {
    HostResolver inside =
        host -> {
          var found = new ArrayList<InetAddress>();
          for (String address : addresses.split(",")) {
            found.add(InetAddress.getByName(address));
          }
          return found.toArray(InetAddress[]::new);
        };
    assertThat(failure(fetcher(LONG, inside, new PublicInternet()), server.base() + PHOTO))
        .isEqualTo(PhotoFailure.REFUSED_ADDRESS);
    assertThat(server.connections()).isZero();
  }

  @Test
  void whatIsConnectedToIsTheAddressThatWasLookedAt() throws Exception {
    HostResolver rebinding =
        host ->
            resolved.get() == 1
                ? loopback(host)
                : new InetAddress[] {InetAddress.getByName("169.254.169.254")};
    PhotoFetcher fetcher = fetcher(LONG, rebinding, InetAddress::isLoopbackAddress);
    assertThat(fetcher.fetch(server.base() + PHOTO, LONG).bytes()).isEqualTo(BYTES);
    assertThat(resolved).hasValue(1);
    assertThat(failure(fetcher, server.base() + PHOTO)).isEqualTo(PhotoFailure.REFUSED_ADDRESS);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void aRedirectIsHeldToTheSameRules() throws Exception {
    redirect("/near", 302, "/media/" + PHOTO);
    assertThat(fetcher().fetch(url("/near"), LONG).bytes()).isEqualTo(BYTES);
    redirect("/other", 308, "https://" + OTHER_HOST + ":" + server.port() + "/media/" + PHOTO);
    assertThat(fetcher().fetch(url("/other"), LONG).bytes()).isEqualTo(BYTES);
    int before = server.connections();
    redirect("/off", 301, "https://evil.example:" + server.port() + "/media/" + PHOTO);
    redirect("/plain", 303, "http://" + HOST + ":" + server.port() + "/media/" + PHOTO);
    redirect("/inside", 307, "https://169.254.169.254/latest/meta-data");
    redirect("/broken", 307, "https://[");
    server.answer("/nowhere", text("HTTP/1.1 302 Found\r\n\r\n"));
    for (String each : List.of("/off", "/plain", "/inside", "/broken", "/nowhere")) {
      assertThat(failure(fetcher(), url(each))).as(each).isEqualTo(PhotoFailure.REFUSED_URL);
    }
    assertThat(server.connections()).isEqualTo(before + 5);
    redirect("/round", 302, "/round");
    assertThat(failure(fetcher(), url("/round"))).isEqualTo(PhotoFailure.TOO_MANY_REDIRECTS);
    assertThat(server.connections()).isEqualTo(before + 9);
  }

  @Test
  void aHostThatMovesInsideBeforeItsRedirectIsRefused() {
    redirect("/near", 302, "/media/" + PHOTO);
    HostResolver rebinding =
        host ->
            resolved.get() == 1
                ? loopback(host)
                : new InetAddress[] {InetAddress.getByName("10.0.0.1")};
    assertThat(failure(fetcher(LONG, rebinding, InetAddress::isLoopbackAddress), url("/near")))
        .isEqualTo(PhotoFailure.REFUSED_ADDRESS);
    assertThat(server.connections()).isEqualTo(1);
  }

  private void redirect(String target, int status, String location) {
    server.answer(
        target, out -> out.write(head(status, "Location: " + location, "Content-Length: 0")));
  }

  @Test
  void aPhotoThatIsTooLargeIsNotReadToItsEnd() {
    answerPhoto("/told", "Content-Type: image/jpeg", "Content-Length: " + (MAX_BYTES + 1));
    assertThat(failure(fetcher(), url("/told"))).isEqualTo(PhotoFailure.TOO_LARGE);
    answerPhoto("/absurd", "Content-Type: image/jpeg", "Content-Length: 999999999999999999");
    assertThat(failure(fetcher(), url("/absurd"))).isEqualTo(PhotoFailure.TOO_LARGE);
    var brokenOff = new CountDownLatch(1);
    server.answer(
        "/endless",
        out -> {
          try {
            out.write(head(200, "Content-Type: image/jpeg", "Transfer-Encoding: chunked"));
            writeChunksForEver(out);
          } finally {
            brokenOff.countDown();
          }
        });
    assertThat(failure(fetcher(), url("/endless"))).isEqualTo(PhotoFailure.TOO_LARGE);
    assertThat(awaited(brokenOff)).isTrue();
  }

  private static void writeChunksForEver(OutputStream out) throws IOException {
    var chunk = new byte[1_000];
    while (true) {
      out.write("3e8\r\n".getBytes(ISO_8859_1));
      out.write(chunk);
      out.write("\r\n".getBytes(ISO_8859_1));
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aPhotoThatComesByteByByteIsGivenUpInTime() {
    server.answer(
        "/slow",
        out -> {
          out.write(head(200, "Content-Type: image/jpeg", "Content-Length: " + BYTES.length));
          for (byte b : BYTES) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos()); // and the clock goes on
            out.write(b);
            out.flush();
          }
        });
    assertThat(failure(fetcher(), url("/slow"))).isEqualTo(PhotoFailure.TIMED_OUT);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void aServerThatSaysNothingIsGivenUpInTime() throws Exception {
    var end = new CountDownLatch(1);
    server.answer("/silent", out -> awaited(end));
    PhotoFetcher fetcher = fetcher(SHORT, PhotoFetcherTest::loopback, a -> true);
    assertThat(failure(fetcher, url("/silent"))).isEqualTo(PhotoFailure.TIMED_OUT);
    end.countDown();
    try (var deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      PhotoFetcher other =
          fetcher(
              new FetchRules(HOSTS, deaf.getLocalPort(), MAX_BYTES, SHORT, 3),
              PhotoFetcherTest::loopback,
              a -> true,
              server.clients());
      assertThat(failure(other, "https://" + HOST + ":" + deaf.getLocalPort() + "/"))
          .isEqualTo(PhotoFailure.TIMED_OUT); // no handshake
    }
  }

  @Test
  void aHandshakeThatDripsIsGivenUpInTime() throws Exception {
    var gone = new CountDownLatch(1);
    try (var dripping = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var server =
          new Thread(
              () -> {
                try (var socket = dripping.accept()) {
                  // The head of a record of 16,000 bytes, whose bytes come one by one: no read of
                  // the client waits for long.
                  socket.getOutputStream().write(new byte[] {22, 3, 3, 0x3e, (byte) 0x80});
                  for (int i = 0; i < 16_000; i++) {
                    socket.getOutputStream().write(0);
                    socket.getOutputStream().flush();
                    gone.await(20, TimeUnit.MILLISECONDS); // between two bytes
                  }
                } catch (IOException e) {
                  gone.countDown();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      server.start();
      PhotoFetcher fetcher =
          fetcher(
              new FetchRules(HOSTS, dripping.getLocalPort(), MAX_BYTES, SHORT, 1),
              PhotoFetcherTest::loopback,
              a -> true,
              this.server.clients());
      assertThat(failure(fetcher, "https://" + HOST + ":" + dripping.getLocalPort() + "/"))
          .isEqualTo(PhotoFailure.TIMED_OUT);
      server.join(LONG.toMillis());
    }
    assertThat(gone.getCount()).isZero();
  }

  @Test
  void aNameServerThatSaysNothingIsGivenUpInTime() {
    var end = new CountDownLatch(1);
    HostResolver silent =
        host -> {
          awaited(end);
          throw new UnknownHostException(host);
        };
    assertThat(failure(fetcher(SHORT, silent, a -> true), server.base() + PHOTO))
        .isEqualTo(PhotoFailure.TIMED_OUT);
    end.countDown();
    assertThat(server.connections()).isZero();
  }

  @Test
  void whoeverHasLessTimeWaitsNoLonger() {
    var end = new CountDownLatch(1);
    server.answer("/silent", out -> awaited(end));
    assertThat(
            catchThrowableOfType(
                    PhotoFailedException.class, () -> fetcher().fetch(url("/silent"), SHORT))
                .failure())
        .isEqualTo(PhotoFailure.TIMED_OUT);
    end.countDown();
  }

  @Test
  void onlyImagesAreTaken() {
    String length = "Content-Length: " + BYTES.length;
    answerPhoto("/html", "Content-Type: text/html", length);
    answerPhoto("/svg", "Content-Type: image/svg+xml", length);
    answerPhoto("/untyped", length);
    answerPhoto("/png", "Content-Type: image/png", length);
    answerPhoto("/packed", "Content-Type: image/jpeg", "Content-Encoding: gzip", length);
    server.answer(
        "/disguised",
        text("HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 6\r\n\r\n<html>"));
    server.answer(
        "/empty", text("HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 0\r\n\r\n"));
    for (String each :
        List.of("/html", "/svg", "/untyped", "/png", "/packed", "/disguised", "/empty")) {
      assertThat(failure(fetcher(), url(each))).as(each).isEqualTo(PhotoFailure.WRONG_TYPE);
    }
  }

  @Test
  void halfAPhotoIsNone() {
    answerPhoto("/cut", "Content-Type: image/jpeg", "Content-Length: " + (BYTES.length + 1));
    assertThat(failure(fetcher(), url("/cut"))).isEqualTo(PhotoFailure.CUT_OFF);
    assertThat(server.connections()).isEqualTo(3); // it was tried again
    answerPhoto("/endless", "Content-Type: image/jpeg", "Connection: close");
    assertThat(failure(fetcher(), url("/endless"))).isEqualTo(PhotoFailure.BAD_ANSWER);
    server.answer(
        "/chunks",
        text(
            "HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "6\r\nGIF89a\r\n"));
    assertThat(failure(fetcher(), url("/chunks"))).isEqualTo(PhotoFailure.CUT_OFF);
  }

  @Test
  void whatIsNoHttpIsRefused() {
    String ok = "HTTP/1.1 200 OK\r\n";
    String[] answers = {
      "SSH-2.0\r\n\r\n",
      "HTTP/1.1 999999 OK\r\n\r\n",
      ok + "no colon\r\n\r\n",
      ok + "X: " + "a".repeat(HttpHead.MAX_BYTES) + "\r\n\r\n",
      "HTTP/1.1 100 Continue\r\n\r\n".repeat(50),
      ok + "Content-Type: image/gif\r\nContent-Length: -1\r\n\r\n",
      ok + "Content-Type: image/gif\r\nTransfer-Encoding: gzip\r\n\r\n",
      ok + "Content-Type: image/gif\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
      ok + "Content-Type: image/gif\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc",
    };
    for (String answer : answers) {
      server.answer("/odd", text(answer));
      assertThat(failure(fetcher(), url("/odd")))
          .as(answer.substring(0, Math.min(60, answer.length())))
          .isEqualTo(PhotoFailure.BAD_ANSWER);
    }
  }

  @Test
  void passingTroubleIsTriedAgainAndNothingElse() throws Exception {
    var calls = new AtomicInteger();
    server.answer(
        "/busy",
        out -> {
          if (calls.incrementAndGet() < 3) {
            out.write(head(503, "Content-Length: 0"));
          } else {
            out.write(head(200, "Content-Type: image/jpeg", "Content-Length: " + BYTES.length));
            out.write(BYTES);
          }
        });
    assertThat(fetcher().fetch(url("/busy"), LONG).bytes()).isEqualTo(BYTES);
    assertThat(calls).hasValue(3);
    assertThat(pauses).hasSize(2).allMatch(pause -> pause.toMillis() <= 400);
    assertThat(failure(fetcher(), server.base() + "none.jpg")).isEqualTo(PhotoFailure.NOT_FOUND);
    assertThat(server.connections()).isEqualTo(4);
    HostResolver nobody =
        host -> {
          throw new UnknownHostException(host);
        };
    assertThat(failure(fetcher(LONG, nobody, a -> true), server.base() + PHOTO))
        .isEqualTo(PhotoFailure.UNKNOWN_HOST);
    assertThat(resolved).hasValue(3 + 1 + 3);
  }

  @Test
  void whoeverCannotShowTheHostsCertificateIsRefused() {
    String elsewhere = "https://wrong.example:" + server.port() + "/media/" + PHOTO;
    assertThat(failure(fetcher(), elsewhere)).isEqualTo(PhotoFailure.REFUSED_CERTIFICATE);
    PhotoFetcher ofTheJvm =
        fetcher(
            new FetchRules(HOSTS, server.port(), MAX_BYTES, LONG, 3),
            PhotoFetcherTest::loopback,
            a -> true,
            (SSLSocketFactory) SSLSocketFactory.getDefault());
    assertThat(failure(ofTheJvm, server.base() + PHOTO))
        .isEqualTo(PhotoFailure.REFUSED_CERTIFICATE);
  }

  @Test
  void theNextAddressIsTriedWhereOneDoesNotAnswer() throws Exception {
    HostResolver two =
        host ->
            new InetAddress[] {
              InetAddress.getByName("127.0.0.2"), InetAddress.getLoopbackAddress()
            };
    byte[] photo =
        fetcher(LONG, two, InetAddress::isLoopbackAddress)
            .fetch(server.base() + PHOTO, LONG)
            .bytes();
    assertThat(Arrays.equals(photo, BYTES)).isTrue();
  }

  @Test
  void productionTakesPort443TenMegabytesAndTenSeconds() {
    FetchRules rules = FetchRules.forHosts(Set.of("pbs.twimg.com"));
    assertThat(rules.port()).isEqualTo(443);
    assertThat(rules.maxBytes()).isEqualTo(10 * 1024 * 1024);
    assertThat(rules.timeout()).isEqualTo(Duration.ofSeconds(10));
  }
}
