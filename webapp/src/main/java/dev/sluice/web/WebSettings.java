package dev.sluice.web;

import dev.sluice.web.http.Login;
import dev.sluice.web.http.LoopbackNames;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The settings of the web application, read once. Immutable.
 *
 * @param host address to listen on
 * @param port 0 takes a free one
 * @param maxUploadBytes of one file
 * @param login whom the pages are for; empty for everybody who reaches the loopback address
 * @param consumerUrl where a consumer answers {@code /metrics}; empty if there is none to watch
 * @param pipeline where that consumer writes; empty if its records are not to be shown
 * @param s3PathStyle bucket in the path, for local endpoints
 */
public record WebSettings(
    String host,
    int port,
    String uploadBucket,
    String outputBucket,
    String fileTable,
    long maxUploadBytes,
    Optional<Login> login,
    Optional<URI> consumerUrl,
    Optional<PipelineFolder> pipeline,
    boolean s3PathStyle) {

  public static final String DEFAULT_HOST = "127.0.0.1";
  public static final int DEFAULT_PORT = 0;
  public static final String DEFAULT_FILE_TABLE = "FileMetadata";
  public static final long DEFAULT_MAX_UPLOAD_BYTES = 5L << 30;

  /** 10,000 parts of 8 MiB are 78 GiB. */
  public static final long LARGEST_MAX_UPLOAD_BYTES = 64L << 30;

  private static final int LARGEST_PORT = 65_535;

  /**
   * Where a consumer's tiles lie.
   *
   * @param prefix the application's folder, without a slash at its end
   */
  public record PipelineFolder(String bucket, String prefix) {}

  public WebSettings {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(uploadBucket, "uploadBucket");
    Objects.requireNonNull(outputBucket, "outputBucket");
    Objects.requireNonNull(fileTable, "fileTable");
  }

  /** The keys that {@link #from} reads. */
  public static List<WebKey> keys() {
    return List.of(
        new WebKey(
            "WEB_HOST",
            "127.0.0.1",
            "address",
            "Address to listen on. Any but a loopback one needs WEB_USER and WEB_PASSWORD."),
        new WebKey("WEB_PORT", "0", "port", "Port to listen on; 0 takes a free one."),
        new WebKey("UPLOAD_BUCKET", "", "", "S3 bucket that takes uploaded files; required."),
        new WebKey(
            "OUTPUT_BUCKET",
            "",
            "",
            "S3 bucket with what functions/files makes of them; another bucket; required."),
        new WebKey("FILE_TABLE", "FileMetadata", "", "DynamoDB table of the processed files."),
        new WebKey(
            "MAX_UPLOAD_BYTES",
            "5368709120",
            "bytes",
            "Largest file that is taken, 64 GiB at most."),
        new WebKey("WEB_USER", "", "", "User of the basic authentication; goes with WEB_PASSWORD."),
        new WebKey("WEB_PASSWORD", "", "", "Password of that user, 12 characters or more."),
        new WebKey(
            "CONSUMER_URL",
            "",
            "URL",
            "Where a consumer answers /metrics, such as http://10.0.1.7:8080, for the live page."),
        new WebKey(
            "PIPELINE_BUCKET", "", "", "S3 bucket of that consumer's output, for recent records."),
        new WebKey(
            "PIPELINE_PREFIX",
            "",
            "",
            "Folder of its application in that bucket, such as enriched/my-application."),
        new WebKey(
            "S3_PATH_STYLE", "false", "true, false", "Bucket in the path, for local endpoints."));
  }

  /**
   * Reads the settings.
   *
   * @param source value of a key, or null
   * @throws InvalidWebSettingsException with every problem
   */
  public static WebSettings from(Function<String, String> source) {
    var values = new SettingValues(source);
    var settings =
        new WebSettings(
            values.text("WEB_HOST").orElse(DEFAULT_HOST),
            (int) values.longBetween("WEB_PORT", DEFAULT_PORT, 0, LARGEST_PORT),
            values.required("UPLOAD_BUCKET"),
            values.required("OUTPUT_BUCKET"),
            values.text("FILE_TABLE").orElse(DEFAULT_FILE_TABLE),
            values.longBetween(
                "MAX_UPLOAD_BYTES", DEFAULT_MAX_UPLOAD_BYTES, 1, LARGEST_MAX_UPLOAD_BYTES),
            login(values),
            values.httpAddress("CONSUMER_URL"),
            pipeline(values),
            values.flag("S3_PATH_STYLE", false));
    if (!settings.uploadBucket.isEmpty() && settings.uploadBucket.equals(settings.outputBucket)) {
      values.problem(
          "OUTPUT_BUCKET", "is UPLOAD_BUCKET: what is made would be taken for an upload");
    }
    values.throwIfInvalid();
    return settings;
  }

  private static Optional<Login> login(SettingValues values) {
    Optional<String> user = values.text("WEB_USER");
    Optional<String> password = values.text("WEB_PASSWORD");
    String host = values.text("WEB_HOST").orElse(DEFAULT_HOST);
    if (user.isEmpty() && password.isEmpty()) {
      if (!LoopbackNames.contains(host)) {
        values.problem(
            "WEB_HOST", "is " + host + ", no loopback address: set WEB_USER and WEB_PASSWORD");
      }
      return Optional.empty();
    }
    if (user.isEmpty() || password.isEmpty()) {
      values.problem(
          user.isEmpty() ? "WEB_USER" : "WEB_PASSWORD", "is not set, though the other one is");
      return Optional.empty();
    }
    if (user.get().indexOf(':') >= 0) {
      values.problem("WEB_USER", "holds a colon, which ends the name in basic authentication");
    }
    if (password.get().length() < Login.MIN_PASSWORD_CHARS) {
      values.problem("WEB_PASSWORD", "is shorter than " + Login.MIN_PASSWORD_CHARS + " characters");
    }
    return Optional.of(new Login(user.get(), password.get()));
  }

  private static Optional<PipelineFolder> pipeline(SettingValues values) {
    Optional<String> bucket = values.text("PIPELINE_BUCKET");
    Optional<String> prefix = values.text("PIPELINE_PREFIX");
    if (bucket.isPresent() != prefix.isPresent()) {
      values.problem(
          bucket.isEmpty() ? "PIPELINE_BUCKET" : "PIPELINE_PREFIX",
          "is not set, though the other one is");
    }
    if (bucket.isEmpty() || prefix.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new PipelineFolder(bucket.get(), prefix.get().replaceAll("/+$", "")));
  }
}
