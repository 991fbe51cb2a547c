package dev.sluice.local;

import dev.sluice.local.notification.ObjectChanges;
import jakarta.servlet.DispatcherType;
import java.lang.reflect.Field;
import java.net.URI;
import java.time.InstantSource;
import java.util.EnumSet;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.shaded.org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.gaul.shaded.org.eclipse.jetty.server.Server;

/**
 * S3 on a port of the loopback address: s3proxy over files in a temporary folder that {@link
 * #close} removes.
 *
 * <p>A conditional PUT ({@code If-None-Match: *}) is atomic here as it is in S3: the file is linked
 * into place, and of many racing writers the file system lets one win. So the folder must be on a
 * file system with hard links.
 */
public final class LocalS3 implements AutoCloseable {

  private static final int MAX_SERVER_THREADS = 64;

  private final S3Proxy proxy;
  private final TemporaryFolder folder;

  private final ObjectChanges changes;

  private LocalS3(S3Proxy proxy, TemporaryFolder folder, ObjectChanges changes) {
    this.proxy = proxy;
    this.folder = folder;
    this.changes = changes;
  }

  /**
   * Starts the server.
   *
   * @param port the port on loopback, 0 for a free one
   * @throws LocalAwsException when it cannot listen there, or cannot make its folder
   */
  public static LocalS3 start(int port, String accessKeyId, String secretAccessKey) {
    TemporaryFolder folder = TemporaryFolder.create("sluice-s3-");
    var changes = new ObjectChanges(InstantSource.system());
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(
                new ObservedObjects(
                    new WholeObjects(new FilesystemNio2BlobStore(folder.path().toString())),
                    changes))
            .endpoint(Loopback.http(port))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKeyId, secretAccessKey)
            .ignoreUnknownHeaders(true)
            .jettyMaxThreads(MAX_SERVER_THREADS)
            .build();
    try {
      jettyOf(proxy)
          .getDescendant(ServletContextHandler.class)
          .addFilter(new WholeBodies(), "/*", EnumSet.of(DispatcherType.REQUEST));
      proxy.start();
    } catch (Exception cannotListen) {
      try {
        folder.close();
      } catch (LocalAwsException leftBehind) {
        cannotListen.addSuppressed(leftBehind);
      }
      throw LocalAwsException.cannotStart("S3", port, cannotListen);
    }
    return new LocalS3(proxy, folder, changes);
  }

  /** s3proxy lets nobody add a filter, so its server is taken from its private field. */
  private static Server jettyOf(S3Proxy proxy) throws ReflectiveOperationException {
    Field server = S3Proxy.class.getDeclaredField("server");
    server.setAccessible(true);
    return (Server) server.get(proxy);
  }

  /** What is put and deleted, for whoever notifies of it. */
  public ObjectChanges changes() {
    return changes;
  }

  public URI endpoint() {
    return Loopback.http(proxy.getPort());
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception cannotStop) {
      throw LocalAwsException.cannotStop("S3", cannotStop);
    } finally {
      folder.close();
    }
  }
}
