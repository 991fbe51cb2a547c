package dev.sluice.cli.demo;

import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.local.lambda.LocalLambda;
import dev.sluice.local.mapping.EventSourceMapping;
import dev.sluice.local.mapping.SourceClients;
import dev.sluice.producers.ReplayResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The log through the fan-out function in its mode enrich: Kinesis, Lambda, S3. */
final class FunctionDemo implements DemoPart {

  private static final String HANDLER = "dev.sluice.functions.fanout.FanOutHandler::handleRequest";
  private static final String STREAM = "demo-function";
  private static final String PREFIX = "function";

  /** What a shard takes in little more than a second. */
  private static final long MAX_LINES = 5_000;

  private static final int BATCH_SIZE = 1_000;

  private final DemoInput input;
  private final PackagedFunctions functions;

  FunctionDemo(DemoInput input, PackagedFunctions functions) {
    this.input = new DemoInput(input.log(), input.geoip(), Math.min(MAX_LINES, input.maxLines()));
    this.functions = functions;
  }

  @Override
  public String title() {
    return "Log -> Kinesis -> Lambda -> S3";
  }

  @Override
  public List<Proof> prove(DemoStack stack) throws IOException, InterruptedException {
    ExpectedLines expected = input.expectedLines();
    stack.createStream(STREAM);
    var settings =
        Map.of(
            "MODE",
            "enrich",
            "APPLICATION_NAME",
            "demo",
            "OUTPUT_BUCKET",
            DemoStack.BUCKET,
            "OUTPUT_PREFIX",
            PREFIX,
            "S3_PATH_STYLE",
            "true",
            "GEOIP_CITY_DATABASE",
            input.geoip().toString());
    try (var clients = new SourceClients(stack.aws());
        LocalLambda lambda = functions.start("fan-out", HANDLER, stack, settings)) {
      EventSourceMapping mapping = StreamMapping.start(clients, STREAM, BATCH_SIZE, lambda);
      try (mapping) {
        ReplayResult replayed = input.replay(stack, STREAM, sent -> {});
        DemoWait.until(
            " records", replayed.sent(), () -> mapping.counts().succeeded(), () -> true, () -> {});
      }
      return List.of(proof(expected, stack.clients().s3(), mapping));
    }
  }

  private static Proof proof(ExpectedLines expected, S3Client s3, EventSourceMapping mapping)
      throws IOException {
    DeliveredLines delivered = DeliveredLines.read(s3, DemoStack.BUCKET, PREFIX + "/");
    OutcomeCounts counts = expected.counts();
    long enriched = counts.enriched() + counts.enrichedWithWarnings();
    var discrepancies = new ArrayList<String>();
    check("lines in, by the books of the objects", books(s3, "in"), counts.in(), discrepancies);
    check("enriched lines", delivered.enrichedLines().lines(), enriched, discrepancies);
    check("enriched lines, by the books", books(s3, "enriched"), enriched, discrepancies);
    check("rejected lines, by the books", books(s3, "rejected"), counts.rejected(), discrepancies);
    if (!delivered.rejectedLines().matches(expected.rejectedLines())) {
      discrepancies.add("the rejected lines are not those that the enricher rejects");
    }
    return Proof.of(
        discrepancies,
        "%,d lines in = %,d enriched + %,d dropped + %,d rejected, in %d invocations",
        counts.in(),
        delivered.enrichedLines().lines(),
        counts.dropped(),
        delivered.rejectedLines().lines(),
        mapping.counts().invocations());
  }

  private static void check(String what, long found, long expected, List<String> discrepancies) {
    if (found != expected) {
      discrepancies.add(what + ": " + found + ", not " + expected);
    }
  }

  /** A sum over the metadata of all objects with enriched lines. */
  private static long books(S3Client s3, String name) {
    long sum = 0;
    for (S3Object object :
        s3.listObjectsV2Paginator(list -> list.bucket(DemoStack.BUCKET).prefix(PREFIX + "/"))
            .contents()) {
      String count =
          s3.headObject(head -> head.bucket(DemoStack.BUCKET).key(object.key()))
              .metadata()
              .get("sluice-" + name);
      sum += count == null ? 0 : Long.parseLong(count);
    }
    return sum;
  }
}
