package dev.sluice.tweets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.Settings;
import dev.sluice.invocation.InvocationLine;
import dev.sluice.invocation.InvocationLog;
import dev.sluice.invocation.InvocationSettings;
import dev.sluice.local.lambda.DirectContext;
import dev.sluice.local.metrics.LoggedMetrics;
import dev.sluice.local.metrics.MetricTable;
import dev.sluice.local.metrics.MetricsPage;
import dev.sluice.tweets.message.StreamMessage.Control;
import dev.sluice.tweets.photo.PhotoFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Holds docs/metrics.md to the log lines of the function. */
class MetricsPageTest {
  private static final String FUNCTION = "tweets";
  private static final InvocationSettings SETTINGS =
      InvocationSettings.from(new Settings(Map.<String, String>of()::get));

  private final LoggedMetrics metrics = new LoggedMetrics();

  private void invoke() throws IOException {
    String event =
        HandlerFixture.event(List.of(HandlerFixture.tweet("1"), HandlerFixture.bytes("no tweet")));
    new TweetsHandler(
            SETTINGS,
            new TweetKeeper(new MemoryStores(), Optional.empty()),
            DeadLetters.none(),
            FUNCTION,
            metrics,
            Clock.systemUTC())
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(UTF_8)),
            OutputStream.nullOutputStream(),
            new DirectContext("r-1", () -> HandlerFixture.MINUTES));
  }

  /** The line of an invocation to which everything happened that only a stream can bring. */
  private void tellEverything() {
    var tally = new BatchTally();
    for (Control.Kind kind : Control.Kind.values()) {
      tally.count(kind);
    }
    tally.photos(1, List.of(PhotoFailure.values()));
    var line = new InvocationLine(Instant.EPOCH, "r-2", "kinesis");
    tally.tell(line);
    new InvocationLog(metrics, FUNCTION, SETTINGS.metricsNamespace()).write(line);
  }

  @Test
  void namesAllMetrics() throws IOException {
    invoke();
    tellEverything();
    MetricTable table = MetricsPage.ofThisCheckout().table(FUNCTION);
    assertThat(table.differences(metrics.names(table.namespace(), "function"))).isEmpty();
  }

  @Test
  void whatDidNotHappenIsNotSent() throws IOException {
    invoke();
    MetricTable table = MetricsPage.ofThisCheckout().table(FUNCTION);
    assertThat(table.differences(metrics.names(table.namespace(), "function")))
        .hasSize(PhotoFailure.values().length + Control.Kind.values().length)
        .allMatch(difference -> difference.contains("does not send"));
  }
}
