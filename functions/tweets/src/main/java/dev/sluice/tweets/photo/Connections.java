package dev.sluice.tweets.photo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Connects to a host. Its name is resolved once; all of its addresses are looked at before the
 * first is connected to, and the connection goes to one of these very addresses, so that a name
 * server which answers differently the next time is not asked a next time.
 */
final class Connections {
  /** Addresses of one host that are tried. */
  private static final int MAX_ADDRESSES = 4;

  /** For one address, so that the next one has its turn. */
  private static final int MAX_CONNECT_MILLIS = 3_000;

  private final HostResolver resolver;
  private final AddressPolicy policy;
  private final SSLSocketFactory tls;
  private final ExecutorService resolving;

  /**
   * @param resolving asks name servers, who keep nobody waiting beyond the deadline so
   */
  Connections(
      HostResolver resolver,
      AddressPolicy policy,
      SSLSocketFactory tls,
      ExecutorService resolving) {
    this.resolver = resolver;
    this.policy = policy;
    this.tls = tls;
    this.resolving = resolving;
  }

  /** Takes a socket before anything is waited for on it, so that it can be closed from outside. */
  interface SocketWatch {
    void opened(Socket socket);
  }

  SSLSocket open(String host, int port, Deadline deadline, SocketWatch watch)
      throws PhotoFailedException {
    InetAddress[] addresses = resolved(host, deadline);
    for (InetAddress address : addresses) {
      if (!policy.isAllowed(address)) {
        throw new PhotoFailedException(PhotoFailure.REFUSED_ADDRESS);
      }
    }
    PhotoFailedException last = new PhotoFailedException(PhotoFailure.UNKNOWN_HOST);
    for (int i = 0; i < Math.min(MAX_ADDRESSES, addresses.length); i++) {
      try {
        return open(addresses[i], host, port, deadline, watch);
      } catch (PhotoFailedException e) {
        last = e;
        if (e.failure() != PhotoFailure.CANNOT_CONNECT) {
          break;
        }
      }
    }
    throw last;
  }

  private InetAddress[] resolved(String host, Deadline deadline) throws PhotoFailedException {
    int millis = deadline.remainingMillis();
    Future<InetAddress[]> answer;
    try {
      answer = resolving.submit(() -> resolver.resolve(host));
    } catch (RejectedExecutionException e) { // all wait for name servers
      throw new PhotoFailedException(PhotoFailure.UNKNOWN_HOST);
    }
    try {
      return answer.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new PhotoFailedException(PhotoFailure.TIMED_OUT);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new PhotoFailedException(PhotoFailure.TIMED_OUT);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownHostException) {
        throw new PhotoFailedException(PhotoFailure.UNKNOWN_HOST);
      }
      throw new IllegalStateException("the resolver failed", e.getCause());
    }
  }

  private SSLSocket open(
      InetAddress address, String host, int port, Deadline deadline, SocketWatch watch)
      throws PhotoFailedException {
    // Without a proxy of the JVM's properties, which would ask for the name again.
    var plain = new Socket(Proxy.NO_PROXY);
    try {
      watch.opened(plain);
      plain.connect(
          new InetSocketAddress(address, port),
          Math.min(MAX_CONNECT_MILLIS, deadline.remainingMillis()));
    } catch (IOException e) {
      close(plain);
      throw new PhotoFailedException(
          deadline.isOver() ? PhotoFailure.TIMED_OUT : PhotoFailure.CANNOT_CONNECT);
    } catch (PhotoFailedException e) {
      close(plain);
      throw e;
    }
    try {
      plain.setSoTimeout(deadline.remainingMillis());
      plain.setTcpNoDelay(true);
      SSLSocket socket = (SSLSocket) tls.createSocket(plain, host, port, true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the name must be the certificate's
      parameters.setServerNames(List.of(new SNIHostName(host)));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    } catch (IOException e) {
      close(plain);
      if (deadline.isOver() || isTimeout(e)) {
        throw new PhotoFailedException(PhotoFailure.TIMED_OUT);
      }
      throw new PhotoFailedException(
          isAboutCertificate(e) ? PhotoFailure.REFUSED_CERTIFICATE : PhotoFailure.CANNOT_CONNECT);
    } catch (PhotoFailedException e) {
      close(plain);
      throw e;
    }
  }

  private static boolean isTimeout(Throwable e) {
    return e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException;
  }

  private static boolean isAboutCertificate(Throwable e) {
    return e instanceof SSLException && e.getCause() instanceof CertificateException;
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
  }
}
