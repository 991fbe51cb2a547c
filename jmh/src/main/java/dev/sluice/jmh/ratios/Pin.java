package dev.sluice.jmh.ratios;

import dev.sluice.jmh.measure.Scores;
import dev.sluice.jmh.measure.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * How fast GOOD is, relative to NAIVE and to uap-java, by the committed file {@code
 * good.properties}: a neighbour that has become slow must not make us look fast.
 */
final class Pin {
  private static final String FILE = "good.properties";
  private static final double TOLERANCE = 0.2;

  private static final Subject GOOD = Subject.pipeline("zipf", "good");
  private static final Subject NAIVE = Subject.pipeline("zipf", "naive");
  private static final Subject UAP = Subject.userAgent("browsers", "uap");

  /** What the pins are about, as the neighbours that they are. */
  static final Set<Subject> SUBJECTS =
      Collections.unmodifiableSet(new LinkedHashSet<>(List.of(GOOD, NAIVE, UAP)));

  private Pin() {}

  static List<Row> rows(Scores scores) {
    Properties pins = read();
    return List.of(
        row("pin: GOOD / NAIVE on zipf, relative to the pin", "naive", NAIVE, pins, scores),
        row("pin: GOOD lines / uap-java agents, relative to the pin", "uap", UAP, pins, scores));
  }

  private static Row row(
      String name, String rival, Subject subject, Properties pins, Scores scores) {
    double today = scores.ratio(GOOD, subject);
    String key = "jdk" + Runtime.version().feature() + ".good-per-" + rival;
    var bound = new Bound(1 - TOLERANCE, 1 + TOLERANCE);
    String pin = pins.getProperty(key);
    if (pin == null) {
      return Row.skipped(name, bound, FILE + " has no " + key + "; today " + Math.round(today));
    }
    return Row.of(
        name,
        today / Double.parseDouble(pin),
        bound,
        "today " + Math.round(today) + ", pin " + pin);
  }

  private static Properties read() {
    var pins = new Properties();
    try (InputStream in = Pin.class.getResourceAsStream(FILE)) {
      pins.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pins;
  }
}
