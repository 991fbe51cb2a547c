package dev.sluice.registrations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.registrations.RegistrationSettings.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.rds.RdsUtilities;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Connections to the database of the settings. Who asks is found out anew for each, so that a
 * password which was changed, or a token which is over after 15 minutes, does no harm.
 */
final class MySqlConnections implements MySqlCustomerRows.Connections {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  /** For one statement; waits for locks of others end by the server's own bound. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);

  private static final Duration SECRET_TIMEOUT = Duration.ofSeconds(5);

  private final Database database;
  private final Supplier<String> password;

  MySqlConnections(Database database) {
    this(database, () -> password(database));
  }

  /**
   * @param password asked for each connection
   */
  MySqlConnections(Database database, Supplier<String> password) {
    this.database = database;
    this.password = password;
  }

  private static String password(Database database) {
    return switch (database.login()) {
      case PASSWORD -> database.password();
      case SECRET -> secret(database.secret());
      case IAM -> token(database);
    };
  }

  @Override
  public Connection open() throws SQLException {
    return DriverManager.getConnection(url(database), properties(password.get()));
  }

  static String url(Database database) {
    return "jdbc:mysql://" + database.host() + ":" + database.port() + "/" + database.name();
  }

  private Properties properties(String secret) {
    var properties = new Properties();
    properties.setProperty("user", database.user());
    properties.setProperty("password", secret);
    properties.setProperty("characterEncoding", "UTF-8"); // utf8mb4 to the driver
    properties.setProperty("rewriteBatchedStatements", "true"); // one statement for a batch
    properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toMillis()));
    properties.setProperty("socketTimeout", Long.toString(ANSWER_TIMEOUT.toMillis()));
    properties.setProperty("sslMode", sslMode());
    properties.setProperty("allowLoadLocalInfile", "false");
    return properties;
  }

  private String sslMode() {
    return switch (database.tls()) {
      case VERIFY -> "VERIFY_IDENTITY";
      case REQUIRE -> "REQUIRED";
      case OFF -> "DISABLED";
    };
  }

  private static String secret(String id) {
    try (var http =
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(SECRET_TIMEOUT)
                .build();
        var secrets =
            SecretsManagerClient.builder()
                .httpClient(http)
                .overrideConfiguration(settings -> settings.apiCallTimeout(SECRET_TIMEOUT))
                .build()) {
      return passwordOf(secrets.getSecretValue(get -> get.secretId(id)).secretString());
    }
  }

  /**
   * The password in a secret as RDS keeps it.
   *
   * @throws IllegalStateException when there is none, without quoting the secret
   */
  static String passwordOf(String secret) {
    try {
      JsonNode password = JsonMapper.builder().build().readTree(secret).path("password");
      if (password.isTextual()) {
        return password.textValue();
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      // said below, without the text
    }
    throw new IllegalStateException("DATABASE_SECRET is no JSON with a password");
  }

  private static String token(Database database) {
    return token(
        database,
        new DefaultAwsRegionProviderChain().getRegion(),
        DefaultCredentialsProvider.builder().build());
  }

  /** Made without a call: a signature over who wants to connect to what, good for 15 minutes. */
  static String token(Database database, Region region, AwsCredentialsProvider credentials) {
    return RdsUtilities.builder()
        .region(region)
        .credentialsProvider(credentials)
        .build()
        .generateAuthenticationToken(
            token ->
                token.hostname(database.host()).port(database.port()).username(database.user()));
  }
}
