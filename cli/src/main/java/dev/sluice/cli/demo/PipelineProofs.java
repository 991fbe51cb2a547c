package dev.sluice.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.consumer.audit.AuditReport;
import dev.sluice.consumer.audit.LeaseCheckpoints;
import dev.sluice.consumer.audit.TileAudit;
import dev.sluice.enricher.OutcomeCounts;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Holds what lies in the sinks of the pipeline against what must lie there. */
final class PipelineProofs {

  /** Keys that depend on other lines, or on a table. */
  private static final Set<String> OF_STAGE_TWO_ALONE =
      Set.of("quality", "warnings", "enrichment_errors", "reference");

  private final DemoStack stack;
  private final PipelineTruth truth;

  PipelineProofs(DemoStack stack, PipelineTruth truth) {
    this.stack = stack;
    this.truth = truth;
  }

  /**
   * The first stage: books, and its lines in S3.
   *
   * @param sent lines that the stream took
   */
  Proof basic(long sent) throws IOException {
    AuditReport audit = audit(PipelineSettings.BASIC);
    LinesById stored = stored(PipelineSettings.BASIC);
    List<String> found = books(audit, truth.basicCounts());
    if (audit.in() != sent) {
      found.add(sent + " lines were sent, " + audit.in() + " are accounted for");
    }
    if (stored.repeats() > 0) {
      found.add(stored.repeats() + " lines are in S3 more than once");
    }
    found.addAll(stored.differences(truth.basic(), "S3", Set.of()));
    return Proof.of(
        found,
        "stage 1: %s; every line is in S3 exactly once, byte for byte the enricher's",
        booksText(audit));
  }

  /** The stream between the stages. */
  Proof between() {
    var lines = new LinesById();
    StreamRecords.forEach(
        stack.clients().kinesis(),
        PipelineSettings.BASIC_STREAM,
        (source, payload) -> lines.add(payload, payload.length));
    return Proof.of(
        lines.differences(truth.basic(), "the second stream", Set.of()),
        "stream between the stages: %,d distinct event ids, as many as stage 1 enriched;"
            + " %,d repeats (at least once)",
        lines.distinct(),
        lines.repeats());
  }

  /**
   * The second stage: books, and its lines in S3.
   *
   * @param teams what the table of reference data says of pages
   */
  Proof advanced(Map<String, String> teams) throws IOException {
    AuditReport audit = audit(PipelineSettings.ADVANCED);
    LinesById stored = stored(PipelineSettings.ADVANCED);
    var found = new ArrayList<String>();
    if (audit.in()
        != audit.enriched() + audit.enrichedWithWarnings() + audit.dropped() + audit.rejected()) {
      found.add("its books do not balance");
    }
    if (stored.distinct() + stored.repeats() != audit.enriched() + audit.enrichedWithWarnings()) {
      found.add("its tiles do not hold the lines that they count");
    }
    audit.findings().forEach(finding -> found.add("audit: " + finding));
    found.addAll(stored.differences(truth.advanced(), "S3", OF_STAGE_TWO_ALONE));
    long located = 0;
    long known = 0;
    long flagged = 0;
    long wrongTeam = 0;
    for (JsonNode line : stored.lines()) {
      located += line.has("country") ? 1 : 0;
      flagged += line.path("warnings").toString().contains("anomalous_") ? 1 : 0;
      String team = teams.get(line.path("webpage").asText());
      known += team == null ? 0 : 1;
      String told = line.path("reference").path(PipelineSettings.TABLE_ATTRIBUTE).asText(null);
      wrongTeam += Objects.equals(team, told) ? 0 : 1;
    }
    if (wrongTeam > 0) {
      found.add(wrongTeam + " lines have not the reference data of their page");
    }
    return Proof.of(
        found,
        "stage 2: %s; %,d distinct event ids in S3, %,d repeats; %,d with a place, %,d with"
            + " reference data, %,d flagged, addresses masked",
        booksText(audit),
        stored.distinct(),
        stored.repeats(),
        located,
        known,
        flagged);
  }

  private static List<String> books(AuditReport audit, OutcomeCounts due) {
    var found = new ArrayList<String>();
    audit.findings().forEach(finding -> found.add("audit: " + finding));
    compare("enriched", audit.enriched(), due.enriched(), found);
    compare("warned", audit.enrichedWithWarnings(), due.enrichedWithWarnings(), found);
    compare("dropped", audit.dropped(), due.dropped(), found);
    compare("rejected", audit.rejected(), due.rejected(), found);
    return found;
  }

  private static void compare(String outcome, long found, long due, List<String> discrepancies) {
    if (found != due) {
      discrepancies.add(found + " lines are " + outcome + ", not " + due);
    }
  }

  private static String booksText(AuditReport audit) {
    return String.format(
        Locale.ROOT,
        "%,d in = %,d enriched + %,d dropped + %,d rejected",
        audit.in(),
        audit.enriched() + audit.enrichedWithWarnings(),
        audit.dropped(),
        audit.rejected());
  }

  private AuditReport audit(String application) {
    return new TileAudit(
            stack.clients().s3(),
            DemoStack.BUCKET,
            PipelineSettings.OUTPUT_PREFIX + '/' + application,
            name -> LeaseCheckpoints.read(stack.clients().dynamoDb(), name),
            Clock.systemUTC())
        .run(false);
  }

  private LinesById stored(String application) throws IOException {
    return LinesById.stored(
        stack.clients().s3(), DemoStack.BUCKET, PipelineSettings.OUTPUT_PREFIX + '/' + application);
  }
}
