package dev.sluice.enricher.steps;

import dev.sluice.enricher.format.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Kinds of lines that have a name of their own, so that nobody must list them: docs/steps.md. */
enum NamedLines implements FilterCondition {
  /** What load balancers, orchestrators and monitoring services ask, or the paths they ask for. */
  HEALTH_CHECKS(
      List.of(
          "ELB-HealthChecker/",
          "Amazon-Route53-Health-Check",
          "kube-probe/",
          "GoogleHC/",
          "GoogleStackdriverMonitoring",
          "Envoy/HC",
          "Consul Health Check",
          "Pingdom",
          "UptimeRobot",
          "StatusCake",
          "Site24x7",
          "Better Uptime",
          "NodePing",
          "Datadog/Synthetics",
          "check_http/",
          "HealthChecker",
          "Health-Check"),
      List.of(
          "/health",
          "/health/*",
          "/healthz",
          "/healthz/*",
          "/healthcheck",
          "/health-check",
          "/health_check",
          "/_health",
          "/actuator/health*",
          "/livez",
          "/readyz",
          "/live",
          "/ready",
          "/liveness",
          "/readiness",
          "/alive",
          "/heartbeat",
          "/ping",
          "/up",
          "/lb-status",
          "/-/healthy",
          "/-/ready")),

  /** What developers and monitoring look at, and requests that ask for debugging output. */
  DEBUG(
      List.of(),
      List.of(
          "/debug",
          "/debug/*",
          "/_debugbar/*",
          "/__debug__/*",
          "/_profiler/*",
          "/_wdt/*",
          "/actuator/*",
          "/server-status",
          "/server-info",
          "/nginx_status",
          "/stub_status",
          "/metrics")) {
    @Override
    public boolean holds(FilterView line) {
      return super.holds(line)
          || METHODS.holds(line)
          || hasDebugParameter(line.text(), line.pathTo(), line.queryTo());
    }
  },

  /** Style sheets, scripts, images and fonts, by the extension of the path. */
  STATIC_FILES(
      List.of(),
      Stream.of(
              "css", "js", "mjs", "map", "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico",
              "bmp", "woff", "woff2", "ttf", "otf", "eot")
          .flatMap(extension -> Stream.of(extension, extension.toUpperCase(Locale.ROOT)))
          .map(extension -> "*." + extension)
          .toList());

  private static final FilterCondition METHODS =
      FilterConditions.of("method", List.of("TRACE", "TRACK", "DEBUG"));

  private final Substrings agents;
  private final Glob[] paths;

  NamedLines(List<String> agents, List<String> paths) {
    this.agents = new Substrings(agents);
    this.paths = paths.stream().map(Glob::new).toArray(Glob[]::new);
  }

  /**
   * @throws IllegalArgumentException if nothing is called so
   */
  static NamedLines of(String name) {
    return Arrays.stream(values())
        .filter(set -> set.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"" + name + "\" is none of health-checks, debug, static-files"));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public boolean holds(FilterView line) {
    for (Glob path : paths) {
      if (path.matches(line.text(), line.pathFrom(), line.pathTo())) {
        return true;
      }
    }
    return !line.fields().isMissing(Field.USER_AGENT)
        && agents.areIn(
            line.text(), line.fields().from(Field.USER_AGENT), line.fields().to(Field.USER_AGENT));
  }

  /** Whether a parameter {@code debug} stands in the query, with any value but 0 and false. */
  private static boolean hasDebugParameter(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if ((text[i] == '?' || text[i] == '&') && startsWith("debug", text, i + 1, to)) {
        int end = i + 1 + "debug".length();
        if (end == to || text[end] == '&') {
          return true;
        }
        if (text[end] == '=') {
          return !startsWith("0", text, end + 1, to) && !startsWith("false", text, end + 1, to);
        }
      }
    }
    return false;
  }

  private static boolean startsWith(String wanted, byte[] text, int from, int to) {
    if (to - from < wanted.length()) {
      return false;
    }
    for (int i = 0; i < wanted.length(); i++) {
      if (Substrings.lowerCase(text[from + i]) != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
