package dev.sluice.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.TreeMap;

/**
 * The result file of the fault suite: one entry for each scenario whose books were balanced. It is
 * written anew after each, and keeps the entries of scenarios that ran another time: those of the
 * long form by day below {@code results/}, those of the short one below {@code target/}.
 */
final class FaultResults {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Of the day on which this run began. */
  private static final Path FILE =
      FaultForm.ofThisRun().withCommand()
          ? Path.of("results", LocalDate.now(ZoneOffset.UTC) + ".json")
          : Path.of("target", "system-tests", "results.json");

  private FaultResults() {}

  /** Adds a scenario that has lost and doubled nothing: its books have asserted that. */
  static synchronized void add(
      Scenario scenario, Books.Counts counts, IdFile idsSent, IdFile idsFound) {
    ObjectNode entry = JSON.createObjectNode();
    entry.put("seed", Seed.value());
    entry.put("sent", counts.sent());
    entry.put("enriched", counts.enriched());
    entry.put("dropped", counts.dropped());
    entry.put("rejected", counts.rejected());
    entry.put("lost", 0);
    entry.put("doubledInS3", 0);
    entry.put("alien", 0);
    entry.put("tiles", counts.tiles());
    entry.put("auditFindings", 0);
    if (FaultForm.ofThisRun().withCommand()) {
      entry.put("auditExitCode", 0);
    }
    put(entry.putObject("idsSent"), idsSent);
    put(entry.putObject("idsFound"), idsFound);
    var times = entry.putArray("measured");
    for (Scenario.Measured measured : scenario.measured()) {
      ObjectNode row = times.addObject();
      row.put("what", measured.what());
      row.put("seconds", Math.round(measured.seconds() * 10) / 10.0);
      row.put("bar", measured.bar());
    }
    write(scenario.name(), entry);
  }

  private static void put(ObjectNode node, IdFile ids) {
    node.put("file", ids.file().toString());
    node.put("sha256", ids.sha256());
  }

  private static void write(String scenario, ObjectNode entry) {
    try {
      Files.createDirectories(FILE.getParent());
      ObjectNode root =
          Files.exists(FILE)
              ? (ObjectNode) JSON.readTree(Files.readAllBytes(FILE))
              : JSON.createObjectNode();
      root.put("form", FaultForm.ofThisRun().name());
      root.put("java", System.getProperty("java.version"));
      root.put("processors", Runtime.getRuntime().availableProcessors());
      ObjectNode scenarios = root.withObject("/scenarios");
      scenarios.set(scenario, entry);
      var sorted = new TreeMap<String, JsonNode>();
      scenarios.properties().forEach(each -> sorted.put(each.getKey(), each.getValue()));
      scenarios.removeAll();
      sorted.forEach(scenarios::set);
      Files.writeString(FILE, JSON.writeValueAsString(root) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
