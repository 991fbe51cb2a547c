package dev.sluice.web;

import dev.sluice.web.files.DownloadEndpoint;
import dev.sluice.web.files.FileEndpoint;
import dev.sluice.web.files.FileTable;
import dev.sluice.web.files.FilesEndpoint;
import dev.sluice.web.files.OutputBucket;
import dev.sluice.web.http.Pages;
import dev.sluice.web.http.RequestGuard;
import dev.sluice.web.http.Route;
import dev.sluice.web.http.WebServer;
import dev.sluice.web.live.LiveEndpoint;
import dev.sluice.web.live.RecordsEndpoint;
import dev.sluice.web.upload.UploadEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The pages, from {@link #start} to {@link #close}. Several may run in one process. */
public final class WebApplication implements AutoCloseable {

  private final WebServer server;

  private WebApplication(WebServer server) {
    this.server = server;
  }

  /**
   * Checks what is needed, and serves the pages until it is closed.
   *
   * @param clients belong to the caller, and outlive the pages
   * @param clock for the moments of the live page
   * @param nanoTime for durations
   * @throws CannotServeException if a bucket, the table or the address cannot be used
   */
  public static WebApplication start(
      WebSettings settings,
      WebClients clients,
      SecureRandom random,
      InstantSource clock,
      LongSupplier nanoTime) {
    StartCheck.check(settings, clients);
    var guard = new RequestGuard(settings.login(), random);
    try {
      return new WebApplication(
          WebServer.start(
              settings.host(),
              settings.port(),
              routes(settings, clients, guard, clock, nanoTime),
              guard,
              nanoTime));
    } catch (IOException e) {
      throw new CannotServeException(e.getMessage(), e);
    }
  }

  private static List<Route> routes(
      WebSettings settings,
      WebClients clients,
      RequestGuard guard,
      InstantSource clock,
      LongSupplier nanoTime) {
    var table = new FileTable(clients.dynamoDb(), settings.fileTable());
    var output = new OutputBucket(clients.s3(), settings.outputBucket());
    var routes = new ArrayList<>(Pages.routes(guard, settings.maxUploadBytes()));
    routes.add(
        Route.put(
            "/api/upload",
            new UploadEndpoint(
                clients.s3(),
                settings.uploadBucket(),
                table::newestUpload,
                settings.maxUploadBytes(),
                nanoTime)));
    routes.add(Route.get("/api/files", new FilesEndpoint(table)));
    routes.add(Route.get("/api/file", new FileEndpoint(table, output)));
    routes.add(Route.get("/api/download", new DownloadEndpoint(table, output)));
    routes.add(Route.get("/api/live", new LiveEndpoint(settings.consumerUrl(), clock, nanoTime)));
    routes.add(
        Route.get(
            "/api/live/records",
            settings
                .pipeline()
                .map(
                    folder ->
                        RecordsEndpoint.of(clients.s3(), folder.bucket(), folder.prefix(), clock))
                .orElseGet(() -> RecordsEndpoint.none(clock))));
    // Whether AWS answers is not asked here: no new process would mend that.
    routes.add(
        Route.openGet(
            WebServer.HEALTH_PATH,
            exchange -> exchange.text(200, "application/json", "{\"status\":\"ok\"}")));
    return routes;
  }

  /** Where the pages are. */
  public URI url() {
    InetSocketAddress address = server.address();
    String host = address.getHostString();
    return URI.create(
        "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort());
  }

  @Override
  public void close() {
    server.close();
  }
}
