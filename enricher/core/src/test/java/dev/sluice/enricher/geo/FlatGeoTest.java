package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlatGeoTest {
  private static Place place(String city, String country, Double latitude, Double longitude) {
    return new Place(null, null, null, country, null, null, city, null, null, latitude, longitude);
  }

  private static String json(Place place) {
    return new String(FlatGeo.renderPlace(place), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "48.8566, 48.8566",
    "2.3522, 2.3522",
    "-0.1257, -0.1257",
    "2, 2.0",
    "0, 0.0",
    "-0.0, 0.0",
    "-180, -180.0",
    "0.00001, 0.00001",
    "1e-7, 0.0000001",
    "0.1, 0.1",
    "51.514200000000002, 51.5142",
    "2.0000000000000004, 2.0000000000000004"
  })
  void writesTheShortestPlainDecimal(double value, String expected) {
    assertThat(PlainDecimal.of(value)).isEqualTo(expected);
  }

  @Test
  void readsBackAsTheSameNumber() {
    var random = new Random(13);
    for (int i = 0; i < 20_000; i++) {
      double value = random.nextDouble(-180, 180);
      assertThat(Double.parseDouble(PlainDecimal.of(value))).isEqualTo(value);
    }
  }

  @Test
  void writesCoordinatesAsExactArithmeticDoes() {
    var random = new Random(14);
    for (int i = 0; i < 20_000; i++) {
      double scale = Math.pow(10, random.nextInt(9));
      double value = Math.rint(random.nextDouble(-1_100, 1_100) * scale) / scale;
      assertThat(PlainDecimal.of(value)).isEqualTo(PlainDecimal.ofAny(value));
      double next = Math.nextUp(value);
      assertThat(PlainDecimal.of(next)).isEqualTo(PlainDecimal.ofAny(next));
    }
  }

  @Test
  void writesWhatIsTooSmallToMatterAsZero() {
    assertThat(PlainDecimal.of(Double.MIN_VALUE)).isEqualTo("0." + "0".repeat(20));
  }

  @Test
  void writesOnlyWhatIsKnown() {
    assertThat(json(place("Paris", "France", 48.8566, 2.3522)))
        .isEqualTo(
            ",\"city\":\"Paris\",\"country\":\"France\","
                + "\"location\":{\"lat\":48.8566,\"lon\":2.3522}");
    assertThat(json(place(null, "France", null, null))).isEqualTo(",\"country\":\"France\"");
    assertThat(json(place("Paris", null, null, null))).isEqualTo(",\"city\":\"Paris\"");
    assertThat(json(place("", "", null, null))).isEmpty();
    assertThat(json(Place.UNKNOWN)).isEmpty();
  }

  @Test
  void writesALocationOnlyWithBothNumbers() {
    assertThat(json(place(null, null, 1.5, null))).isEmpty();
    assertThat(json(place(null, null, null, 1.5))).isEmpty();
    assertThat(json(place(null, null, Double.NaN, 1.5))).isEmpty();
    assertThat(json(place(null, null, 1.5, Double.POSITIVE_INFINITY))).isEmpty();
    assertThat(json(place(null, null, 1.5, -1.5)))
        .isEqualTo(",\"location\":{\"lat\":1.5,\"lon\":-1.5}");
  }

  @Test
  void escapesNames() {
    assertThat(json(place("a\"b\n", "São", null, null)))
        .isEqualTo(",\"city\":\"a\\\"b\\n\",\"country\":\"São\"");
  }
}
