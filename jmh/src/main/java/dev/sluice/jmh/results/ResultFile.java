package dev.sluice.jmh.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.jmh.measure.Machine;
import dev.sluice.jmh.measure.Score;
import dev.sluice.jmh.measure.Scores;
import dev.sluice.jmh.measure.Subject;
import dev.sluice.jmh.ratios.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * A run as JSON: where, how, every round's scores, every row, every other figure.
 *
 * @param note how the machine was
 */
public record ResultFile(
    Machine machine, String note, Scores scores, List<Row> rows, Figures figures) {

  /**
   * Writes {@code <date>-<cpu>-jdk<version><suffix>.json} into the folder; answers the file.
   *
   * @param suffix tells a part from the whole; may be empty
   */
  public Path writeTo(Path directory, String suffix) {
    var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    String date = LocalDate.now(ZoneOffset.UTC).toString();
    ObjectNode json = mapper.createObjectNode();
    json.put("date", date);
    json.set("machine", mapper.valueToTree(machine));
    json.put("note", note);
    var scoreList = json.putArray("scores");
    scores.subjects().forEach(subject -> addScores(scoreList.addObject(), subject));
    var rowList = json.putArray("ratios");
    rows.forEach(row -> addRow(rowList.addObject(), row));
    ObjectNode figureList = json.putObject("figures");
    figures.all().forEach((figure, value) -> figureList.put(figure, rounded(value)));
    String name = date + "-" + cpuName() + "-jdk" + Runtime.version().feature() + suffix + ".json";
    try {
      Files.createDirectories(directory);
      return Files.writeString(
          directory.resolve(name), mapper.writeValueAsString(json) + System.lineSeparator());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write into " + directory, e);
    }
  }

  private String cpuName() {
    return machine
        .cpu()
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\(.*?\\)|\\bprocessor\\b|\\bcpu\\b", " ")
        .strip()
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("-$", "");
  }

  private void addScores(ObjectNode json, Subject subject) {
    json.put("benchmark", subject.benchmark());
    json.put("corpus", subject.corpus());
    json.put("implementation", subject.implementation());
    json.put("per_second", Math.round(scores.median(subject, Score::perSecond)));
    json.put("per_elapsed_second", Math.round(scores.median(subject, Score::perElapsedSecond)));
    json.put("bytes_per_second", Math.round(scores.median(subject, Score::bytesPerSecond)));
    double allocated = scores.median(subject, Score::allocatedBytes);
    if (!Double.isNaN(allocated)) {
      json.put("allocated_bytes", rounded(allocated));
    }
    var rounds = json.putArray("per_second_by_round");
    scores.of(subject).forEach(score -> rounds.add(Math.round(score.perSecond())));
  }

  private static void addRow(ObjectNode json, Row row) {
    json.put("name", row.name());
    row.value().ifPresent(value -> json.put("value", rounded(value)));
    json.put("bound", row.boundText());
    json.put("verdict", row.verdict().name());
    json.put("note", row.note());
  }

  private static double rounded(double value) {
    return Math.rint(value * 1_000) / 1_000;
  }
}
