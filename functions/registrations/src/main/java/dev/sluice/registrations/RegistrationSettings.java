package dev.sluice.registrations;

import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import dev.sluice.invocation.InvocationSettings;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the function needs to know, read once for each execution environment.
 *
 * @param itemTable DynamoDB table with the key {@code CustID}, a number
 * @param rowTable MySQL table with the primary key {@code CustID}
 * @param createTable whether the MySQL table is made where there is none
 * @param database where MySQL is
 * @param invocation what every function has
 */
public record RegistrationSettings(
    String itemTable,
    String rowTable,
    boolean createTable,
    Database database,
    InvocationSettings invocation) {

  private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_$]{1,64}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");
  private static final Pattern SCHEMA = Pattern.compile("[A-Za-z0-9_$-]{1,64}");
  private static final int MYSQL_PORT = 3306;
  private static final int MAX_PORT = 65_535;

  /** How the function shows who it is. */
  enum Login {
    /** A password of the settings: for a laptop. */
    PASSWORD,
    /** The password of a secret, in its JSON as {@code password}, read when a connection opens. */
    SECRET,
    /** A token of RDS, by the role of the function. */
    IAM
  }

  /** Whether the connection is encrypted. */
  enum Tls {
    /** Encrypted, and the server's certificate and name are checked. */
    VERIFY,
    /** Encrypted. */
    REQUIRE,
    /** For a server on this machine. */
    OFF
  }

  /**
   * Where MySQL is, and how to get in.
   *
   * @param password empty unless the login is {@link Login#PASSWORD}
   * @param secret empty unless the login is {@link Login#SECRET}
   */
  record Database(
      String host,
      int port,
      String name,
      String user,
      Login login,
      String password,
      String secret,
      Tls tls) {

    /** Says nothing of the password. */
    @Override
    public String toString() {
      return user + " at " + host + ":" + port + "/" + name;
    }
  }

  private static final List<SettingKey> KEYS =
      List.of(
          new SettingKey(
              "CUSTOMER_ITEM_TABLE", "Customer", "table", "DynamoDB table, key CustID, a number."),
          new SettingKey("CUSTOMER_ROW_TABLE", "Customer", "table", "MySQL table."),
          new SettingKey(
              "CREATE_TABLE", "true", "true, false", "Make the MySQL table where there is none."),
          new SettingKey("DATABASE_HOST", "", "host", "Where MySQL is. Required."),
          new SettingKey("DATABASE_PORT", "3306", "port", "Its port."),
          new SettingKey("DATABASE_NAME", "", "name", "The database with the table. Required."),
          new SettingKey("DATABASE_USER", "", "name", "Who the function is. Required."),
          new SettingKey(
              "DATABASE_LOGIN",
              "secret",
              "password, secret, iam",
              "A password of the settings, one of Secrets Manager, or a token of RDS."),
          new SettingKey("DATABASE_PASSWORD", "", "text", "Required by password; for a laptop."),
          new SettingKey(
              "DATABASE_SECRET",
              "",
              "name or ARN",
              "Secret whose JSON holds password; required by secret."),
          new SettingKey(
              "DATABASE_TLS",
              "verify",
              "verify, require, off",
              "Encrypted and the server checked; encrypted; neither."));

  /** The table of the function's keys. */
  public static List<SettingKey> keys() {
    return Stream.concat(KEYS.stream(), InvocationSettings.keys().stream()).toList();
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidSettingsException with all problems together
   */
  static RegistrationSettings from(Settings settings) {
    String rowTable = settings.text("CUSTOMER_ROW_TABLE", "Customer");
    require(settings, "CUSTOMER_ROW_TABLE", rowTable, TABLE, "1 to 64 of A-Z a-z 0-9 _ $");
    var read =
        new RegistrationSettings(
            settings.text("CUSTOMER_ITEM_TABLE", "Customer"),
            rowTable,
            settings.flag("CREATE_TABLE", true),
            database(settings),
            InvocationSettings.from(settings));
    settings.throwIfInvalid();
    return read;
  }

  private static Database database(Settings settings) {
    String host = settings.required("DATABASE_HOST");
    String name = settings.required("DATABASE_NAME");
    require(settings, "DATABASE_HOST", host, HOST, "a host name or an IPv4 address");
    require(settings, "DATABASE_NAME", name, SCHEMA, "1 to 64 of A-Z a-z 0-9 _ $ -");
    Login login = settings.choice("DATABASE_LOGIN", Login.class, Login.SECRET);
    String password = settings.text("DATABASE_PASSWORD", "");
    String secret = settings.text("DATABASE_SECRET", "");
    Tls tls = settings.choice("DATABASE_TLS", Tls.class, Tls.VERIFY);
    if (login == Login.PASSWORD && password.isEmpty()) {
      settings.problem("DATABASE_PASSWORD", "is not set, and DATABASE_LOGIN is password");
    }
    if (login == Login.SECRET && secret.isEmpty()) {
      settings.problem("DATABASE_SECRET", "is not set, and DATABASE_LOGIN is secret");
    }
    if (login == Login.IAM && tls == Tls.OFF) {
      settings.problem("DATABASE_TLS", "is off, and a token of RDS goes over TLS only");
    }
    return new Database(
        host,
        settings.intBetween("DATABASE_PORT", MYSQL_PORT, 1, MAX_PORT),
        name,
        settings.required("DATABASE_USER"),
        login,
        password,
        secret,
        tls);
  }

  private static void require(
      Settings settings, String key, String value, Pattern pattern, String what) {
    if (!value.isEmpty() && !pattern.matcher(value).matches()) {
      settings.problem(key, "is not " + what);
    }
  }
}
