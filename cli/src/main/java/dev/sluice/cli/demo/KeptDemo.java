package dev.sluice.cli.demo;

import dev.sluice.cli.ExitCode;
import dev.sluice.cli.StopHook;
import dev.sluice.producers.LogReplay;
import dev.sluice.producers.ReplayListener;
import dev.sluice.producers.ReplayOptions;
import dev.sluice.producers.ReplayStoppedException;
import dev.sluice.web.WebApplication;
import dev.sluice.web.WebClients;
import dev.sluice.web.WebSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The pipeline that goes on: the log is replayed again and again at a pace, the consumer enriches
 * it, and the pages show both this and uploaded files, until SIGINT or SIGTERM.
 */
final class KeptDemo {

  private static final String STREAM = "access-log";
  private static final String APPLICATION = "sluice-demo";
  private static final String OUTPUT_PREFIX = "enriched";
  private static final int LINES_PER_SECOND = 400;
  private static final Duration MAX_STOP_TIME = Duration.ofSeconds(40);

  private final DemoInput input;
  private final PackagedFunctions functions;
  private final int port;
  private final PrintWriter out;
  private final CountDownLatch stopAsked = new CountDownLatch(1);

  /**
   * @param port of the pages; 0 takes a free one
   */
  KeptDemo(DemoInput input, PackagedFunctions functions, int port, PrintWriter out) {
    this.input = input;
    this.functions = functions;
    this.port = port;
    this.out = out;
  }

  int run() throws IOException, InterruptedException {
    StopHook hook = StopHook.install(stopAsked::countDown, MAX_STOP_TIME);
    int code = ExitCode.FAILED;
    try {
      code = runUntilAsked();
    } finally {
      hook.finished(code);
    }
    return code;
  }

  private int runUntilAsked() throws IOException, InterruptedException {
    try (DemoStack stack = DemoStack.startKept();
        UploadedFiles files = UploadedFiles.open(stack, functions, input.geoip())) {
      stack.createStream(STREAM);
      try (var consumer = DemoConsumer.start(stack, consumerSettings());
          WebClients clients = clients(stack);
          WebApplication pages = pages(files, consumer, clients)) {
        say(
            "Sluice demo, kept: %s again and again, %,d lines a second",
            input.log(), LINES_PER_SECOND);
        say("The pages are at %s; Ctrl-C or SIGTERM ends all.", pages.url());
        var replay = new Thread(() -> replay(stack), "demo-replay");
        replay.setDaemon(true);
        replay.start();
        stopAsked.await();
        replay.join(MAX_STOP_TIME.toMillis());
        return consumer.stop();
      }
    }
  }

  private void replay(DemoStack stack) {
    ReplayOptions endless =
        ReplayOptions.to(STREAM)
            .withLinesPerSecond(LINES_PER_SECOND)
            .withPasses(ReplayOptions.ENDLESS_PASSES);
    try {
      LogReplay.inRealTime().replay(input.log(), endless, stack.producer(), new UntilAsked());
    } catch (IOException | ReplayStoppedException stopped) {
      say("the replay stopped: %s", stopped.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class UntilAsked implements ReplayListener {
    @Override
    public boolean wantsMore() {
      return stopAsked.getCount() > 0;
    }
  }

  private Map<String, String> consumerSettings() {
    return Map.of(
        "STREAM_NAME", STREAM,
        "APPLICATION_NAME", APPLICATION,
        "OUTPUT_BUCKET", DemoStack.BUCKET,
        "OUTPUT_PREFIX", OUTPUT_PREFIX,
        "GEOIP_CITY_DATABASE", input.geoip().toString());
  }

  private static WebClients clients(DemoStack stack) {
    return WebClients.open(
        new WebClients.LocalStack(
            stack.aws().s3Endpoint(),
            stack.aws().dynamoDbEndpoint(),
            stack.aws().region(),
            stack.aws().accessKeyId(),
            stack.aws().secretAccessKey()));
  }

  private WebApplication pages(UploadedFiles files, DemoConsumer consumer, WebClients clients) {
    var settings = new HashMap<>(files.webSettings());
    settings.put("WEB_PORT", Integer.toString(port));
    settings.put("CONSUMER_URL", consumer.url().toString());
    settings.put("PIPELINE_BUCKET", DemoStack.BUCKET);
    settings.put("PIPELINE_PREFIX", OUTPUT_PREFIX + "/" + APPLICATION);
    return WebApplication.start(
        WebSettings.from(settings::get),
        clients,
        new SecureRandom(),
        InstantSource.system(),
        System::nanoTime);
  }

  private void say(String text, Object... values) {
    out.println(String.format(Locale.ROOT, text, values));
    out.flush();
  }
}
