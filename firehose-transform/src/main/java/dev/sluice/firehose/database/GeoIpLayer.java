package dev.sluice.firehose.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * GeoIP2 databases that a layer brings. Lambda unpacks layers into one folder; a database that lies
 * there under its name stands in for a setting that is absent. A setting that is there and blank
 * leaves the layer's database out.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html">Layer paths</a>
 */
public final class GeoIpLayer {
  /** Where Lambda unpacks layers. */
  public static final Path ROOT = Path.of("/opt");

  private static final Map<String, Path> FILES =
      Map.of(
          "GEOIP_CITY_DATABASE", Path.of("geoip", "city.mmdb"),
          "GEOIP_ASN_DATABASE", Path.of("geoip", "asn.mmdb"));

  private GeoIpLayer() {}

  /**
   * The settings, and behind them the files of a layer.
   *
   * @param root {@link #ROOT}, or a folder of a test
   * @param settings value of a key, or null
   */
  public static UnaryOperator<String> behind(UnaryOperator<String> settings, Path root) {
    return key -> {
      String value = settings.apply(key);
      return value == null && FILES.containsKey(key) ? file(root.resolve(FILES.get(key))) : value;
    };
  }

  private static String file(Path file) {
    return Files.exists(file) ? file.toString() : null;
  }
}
