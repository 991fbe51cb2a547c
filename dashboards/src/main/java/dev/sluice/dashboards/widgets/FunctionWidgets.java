package dev.sluice.dashboards.widgets;

import dev.sluice.dashboards.monitoring.MonitoredFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a Lambda function does, by its own metrics: one row for each of them. */
final class FunctionWidgets {
  private static final int THIRD = 8;
  private static final int HEIGHT = 6;

  private final MonitoredFunction function;

  FunctionWidgets(MonitoredFunction function) {
    this.function = function;
  }

  List<Widget> all() {
    return switch (function) {
      case FIREHOSE -> firehose();
      case ALERTS -> alerts();
      case ENRICH -> enrich();
      case COUNTS -> counts();
      case FILES -> files();
      case TWEETS -> tweets();
      case REGISTRATIONS -> registrations();
      case WINDOWS -> windows();
    };
  }

  private Line own(String label, String name) {
    return own(label, name, "Sum");
  }

  private Line own(String label, String name, String statistic) {
    return Line.of(label, function, name, statistic);
  }

  private Widget graph(String title, Line... lines) {
    return Widget.graph(THIRD, HEIGHT, title, lines);
  }

  private Widget half(String title, Line... lines) {
    return Widget.graph(Row.COLUMNS / 2, HEIGHT, title, lines);
  }

  private Widget lines() {
    return graph(
        "Lines",
        own("in", "lines_in"),
        own("enriched", "lines_enriched"),
        own("with warnings", "lines_enriched_with_warnings"),
        own("dropped", "lines_dropped"),
        own("rejected", "lines_rejected"),
        own("corrupt aggregates", "corrupt_aggregates").right());
  }

  private Widget lookups(String... more) {
    var lines = new ArrayList<Line>();
    lines.add(own("GeoIP database, days", "geoip_database_age_days", "Maximum").right());
    for (String source : List.of("reverse_dns", "reference")) {
      for (String result : List.of("found", "failed", "late", "not_asked")) {
        lines.add(own(source + " " + result, source + "_" + result));
      }
    }
    lines.add(own("breakers open", "lookup_breakers_open", "Maximum").right());
    for (String name : more) {
      lines.add(own(name, name, "Maximum").right());
    }
    return Widget.graph(THIRD, HEIGHT, "Databases and look-ups", Map.of(), lines);
  }

  private List<Widget> firehose() {
    return List.of(
        graph(
            "Lines",
            own("enriched", "lines_enriched"),
            own("with warnings", "lines_enriched_with_warnings"),
            own("dropped", "lines_dropped"),
            own("rejected", "lines_rejected"),
            own("withheld", "lines_withheld"),
            own("dead letters", "lines_dead_lettered")),
        graph(
            "Answers",
            own("Ok", "records_ok"),
            own("Dropped", "records_dropped"),
            own("sent back", "records_reingested"),
            own("without data", "records_failed_without_data"),
            own("without id", "records_without_id"),
            own("partitions bounded", "partitions_bounded"),
            own("stopped early", "stopped_early").right(),
            own("unknown events", "unknown_events").right(),
            own("largest, bytes", "response_bytes", "Maximum").right()),
        lookups("geoip_databases_unusable"));
  }

  private List<Widget> alerts() {
    return List.of(
        lines(),
        graph(
            "Alerts",
            own("told", "alerts_told"),
            own("hosts not counted", "hosts_not_counted"),
            own("state begun anew", "state_begun_anew"),
            own("GeoIP database, days", "geoip_database_age_days", "Maximum").right()),
        graph(
            "Lines out of time",
            own("late", "lines_late"),
            own("ahead", "lines_ahead"),
            own("records again", "records_repeated")));
  }

  private List<Widget> enrich() {
    return List.of(
        lines(),
        graph(
            "Output",
            own("lines sent", "lines_sent"),
            own("too large", "lines_too_large"),
            own("bytes of objects", "object_bytes").right()),
        lookups());
  }

  private List<Widget> counts() {
    return List.of(
        lines(),
        graph(
            "Requests by class of status",
            Line.search("", function.namespace(), "Requests", "Sum", "Stream", "StatusClass")),
        graph(
            "Counts by minute",
            Line.search("requests of", function.namespace(), "Requests", "Sum", "Stream"),
            Line.search("late in", function.namespace(), "LateLines", "Sum", "Stream").right(),
            Line.search("ahead in", function.namespace(), "AheadLines", "Sum", "Stream").right(),
            own("values", "metric_values").right(),
            own("lines too old", "lines_too_old").right(),
            own("GeoIP database, days", "geoip_database_age_days", "Maximum").right()));
  }

  private List<Widget> files() {
    return List.of(
        graph(
            "Files",
            own("done", "files_done"),
            own("failed", "files_failed"),
            own("deleted", "files_deleted"),
            own("repeated", "files_repeated"),
            own("busy", "files_busy"),
            own("later", "files_later")),
        graph(
            "Lines and events",
            own("lines", "lines"),
            own("rejected", "lines_rejected"),
            own("events ignored", "events_ignored").right(),
            own("events malformed", "events_malformed").right()),
        lookups());
  }

  private List<Widget> tweets() {
    return List.of(
        graph(
            "Tweets",
            own("stored", "tweets_stored"),
            own("duplicate", "tweets_duplicate"),
            own("deleted", "tweets_deleted"),
            own("stay deleted", "tweets_kept_deleted"),
            own("fields left out", "fields_left_out").right()),
        graph(
            "Messages", own("control", "messages_control"), own("malformed", "messages_malformed")),
        graph("Photos", own("stored", "photos_stored"), own("failed", "photos_failed")));
  }

  private List<Widget> registrations() {
    return List.of(
        half(
            "Messages that fail",
            own("malformed", "messages_malformed"),
            own("late", "messages_late")),
        half(
            "Registered, %",
            own("processed", "records_processed").as("processed"),
            own("failed", "records_failed").as("failed"),
            Line.math("registered", "100 * processed / (processed + failed)")));
  }

  private List<Widget> windows() {
    return List.of(
        graph(
            "Windows",
            own("ended", "windows_ended"),
            own("items", "window_items").right(),
            own("parts", "window_parts").right()),
        graph(
            "Changes of ended windows",
            own("insert", "window_changes_insert"),
            own("modify", "window_changes_modify"),
            own("remove", "window_changes_remove"),
            own("other", "window_changes_other")),
        graph(
            "State",
            own("bytes", "state_bytes", "Maximum"),
            own("foreign values", "foreign_state_values").right()));
  }
}
