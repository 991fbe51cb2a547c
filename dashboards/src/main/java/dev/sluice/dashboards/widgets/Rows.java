package dev.sluice.dashboards.widgets;

import dev.sluice.dashboards.alarms.AlarmGuide;
import dev.sluice.dashboards.alarms.AlarmRule;
import dev.sluice.dashboards.alarms.Alarms;
import dev.sluice.dashboards.monitoring.MonitoredFunction;
import dev.sluice.dashboards.monitoring.Parameters;
import dev.sluice.dashboards.queries.SavedQuery;
import java.util.ArrayList;
import java.util.List;

/** The dashboard: its rows from top to bottom, and the text that CloudWatch takes. */
public final class Rows {
  private static final int HALF = Row.COLUMNS / 2;
  private static final int LOGS_HEIGHT = 6;
  private static final String ANY_FUNCTION = "HasAnyFunction";

  private Rows() {}

  public static List<Row> all() {
    var rows = new ArrayList<Row>();
    rows.add(title());
    rows.add(health());
    rows.addAll(ConsumerRows.all());
    rows.addAll(DeliveryRows.all());
    for (MonitoredFunction function : MonitoredFunction.values()) {
      rows.addAll(FunctionRows.of(function));
    }
    rows.addAll(StoreRows.all());
    rows.addAll(logs());
    return rows;
  }

  /** The parts of the dashboard's body, in order. */
  public static List<Piece> body() {
    var pieces = new ArrayList<Piece>();
    pieces.add(Piece.always("{\"widgets\":["));
    boolean first = true;
    for (Row row : all()) {
      for (Widget widget : row.widgets()) {
        if (!first) {
          pieces.add(new Piece(row.condition(), ","));
        }
        first = false;
        for (Piece piece : widget.pieces()) {
          pieces.add(within(row, piece));
        }
      }
    }
    pieces.add(Piece.always("]}"));
    return joined(pieces);
  }

  /** A part that has a condition of its own needs no other: the row's follows from it. */
  private static Piece within(Row row, Piece piece) {
    return piece.condition().isPresent() ? piece : new Piece(row.condition(), piece.text());
  }

  private static List<Piece> joined(List<Piece> pieces) {
    var joined = new ArrayList<Piece>();
    for (Piece piece : pieces) {
      Piece last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && last.condition().equals(piece.condition())) {
        joined.set(joined.size() - 1, new Piece(last.condition(), last.text() + piece.text()));
      } else {
        joined.add(piece);
      }
    }
    return joined;
  }

  private static Row title() {
    return Row.always(
        Widget.text(
            Row.COLUMNS,
            2,
            "# Sluice: ${AWS::StackName}\n"
                + "What each alarm means and what to do stands in its description and in"
                + " docs/operate.md. Saved queries: Logs Insights, folder ${AWS::StackName}."));
  }

  private static Row health() {
    var pages = new ArrayList<Piece>();
    var notices = new ArrayList<Piece>();
    pages.add(Piece.always(arn("Page")));
    notices.add(Piece.always(arn(Alarms.DEPLOYING)));
    for (AlarmRule rule : Alarms.all()) {
      if (rule.guide().urgency() == AlarmGuide.Urgency.PAGE) {
        pages.add(new Piece(rule.condition(), arn(rule.id())));
      } else if (rule.guide().urgency() == AlarmGuide.Urgency.NOTICE) {
        notices.add(new Piece(rule.condition(), arn(rule.id())));
      }
    }
    return Row.always(
        Widget.alarms(HALF, LOGS_HEIGHT, "Health: what pages", pages),
        Widget.alarms(HALF, LOGS_HEIGHT, "Health: what can wait", notices));
  }

  private static String arn(String alarm) {
    return "\"${" + alarm + ".Arn}\"";
  }

  private static List<Row> logs() {
    var functions = new ArrayList<Piece>();
    for (MonitoredFunction function : MonitoredFunction.values()) {
      functions.add(
          Piece.when(
              function.functionName().given(),
              source("/aws/lambda/" + function.functionName().value())));
    }
    return List.of(
        Row.heading(ANY_FUNCTION, "Logs of the functions"),
        Row.when(
            ANY_FUNCTION,
            query("Errors by reason", functions, SavedQuery.ERRORS_BY_REASON),
            query("Rejected lines by reason", functions, SavedQuery.REJECTS_BY_REASON)),
        Row.when(
            ANY_FUNCTION,
            query("Duration", functions, SavedQuery.DURATION),
            query("Cold starts", functions, SavedQuery.COLD_STARTS)),
        Row.when(
            Parameters.CONSUMER_LOGS.given(),
            Widget.logs(
                Row.COLUMNS,
                LOGS_HEIGHT,
                "Warnings of the consumer",
                List.of(
                    Piece.when(
                        Parameters.CONSUMER_LOGS.given(),
                        source(Parameters.CONSUMER_LOGS.value()))),
                SavedQuery.CONSUMER_WARNINGS.text())));
  }

  private static String source(String logGroup) {
    return "SOURCE '" + logGroup + "' | ";
  }

  private static Widget query(String title, List<Piece> sources, SavedQuery query) {
    return Widget.logs(HALF, LOGS_HEIGHT, title, sources, query.text());
  }
}
