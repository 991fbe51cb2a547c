package dev.sluice.tweets.photo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.samples.tweets.SamplePhoto;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * A TLS server on loopback that answers for {@code photos.example} and {@code other.example}, with
 * sample photos or with whatever a test says, and counts who connects.
 */
public final class PhotoServer implements AutoCloseable {
  public static final String HOST = "photos.example";
  public static final String OTHER_HOST = "other.example";

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final SSLServerSocket server;
  private final SSLSocketFactory clients;

  /** What is written behind a request. */
  public interface Answer {
    void write(OutputStream out) throws IOException;
  }

  private PhotoServer(SSLContext context) throws IOException {
    clients = context.getSocketFactory();
    server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  /** With the newest TLS of the JVM. */
  public static PhotoServer start(Path folder) throws Exception {
    return start(folder, "TLS");
  }

  /** For thousands of photos: a session of TLS 1.2 that goes on has no key exchange. */
  public static PhotoServer startForMany(Path folder) throws Exception {
    return start(folder, "TLSv1.2");
  }

  private static PhotoServer start(Path folder, String protocol) throws Exception {
    Path store = folder.resolve("photo-server.p12");
    if (!Files.exists(store)) {
      makeCertificate(store);
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(keys, PASSWORD);
    var context = SSLContext.getInstance(protocol);
    context.init(keyManagers.getKeyManagers(), trust(keys).getTrustManagers(), null);
    return new PhotoServer(context);
  }

  private static void makeCertificate(Path store) throws Exception {
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=" + HOST,
                    "-ext",
                    "san=dns:" + HOST + ",dns:" + OTHER_HOST,
                    "-validity",
                    "3650",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    new String(PASSWORD),
                    "-keystore",
                    store.toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), ISO_8859_1);
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("keytool: " + said);
    }
  }

  private static TrustManagerFactory trust(KeyStore keys)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    return trust;
  }

  private static void daemon(Runnable work) {
    var thread = new Thread(work, "photo-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException e) {
        // Closed, or a client that has gone.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String request = line(in);
      if (request.isEmpty()) {
        return;
      }
      while (!line(in).isEmpty()) {
        // headers
      }
      String target = request.split(" ")[1];
      OutputStream out = socket.getOutputStream();
      answers.getOrDefault(target, photo(target)).write(out);
      out.flush();
    } catch (IOException e) {
      // The client has what it wants.
    } finally {
      open.remove(socket);
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  private static Answer photo(String target) {
    String name = target.substring(target.lastIndexOf('/') + 1);
    if (!name.matches("F[A-Za-z0-9_]{14}\\.[a-z]{3,4}")) {
      return text("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    }
    byte[] bytes = SamplePhoto.bytes(name);
    String type = new SamplePhoto("1", target, name).contentType();
    return out -> {
      out.write(head(200, "Content-Type: " + type, "Content-Length: " + bytes.length));
      out.write(bytes);
    };
  }

  static Answer text(String text) {
    return out -> out.write(text.getBytes(ISO_8859_1));
  }

  static byte[] head(int status, String... headers) {
    return ("HTTP/1.1 " + status + " Said\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
        .getBytes(ISO_8859_1);
  }

  /** Answers requests for a target so from now on. */
  public void answer(String target, Answer answer) {
    answers.put(target, answer);
  }

  public int connections() {
    return connections.get();
  }

  public int port() {
    return server.getLocalPort();
  }

  /** What the URL of each photo of this server begins with. */
  public String base() {
    return "https://" + HOST + ":" + port() + "/media/";
  }

  /** Knows the certificate of this server, and no other. */
  public SSLSocketFactory clients() {
    return clients;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
