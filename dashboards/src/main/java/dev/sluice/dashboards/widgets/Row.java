package dev.sluice.dashboards.widgets;

import java.util.List;
import java.util.Optional;

/**
 * Widgets of the same height that together are as wide as the grid, so that the next row begins at
 * its left edge whatever is left out.
 *
 * @param condition without which it is left out; empty for always
 */
public record Row(Optional<String> condition, List<Widget> widgets) {
  /** Columns of the grid. */
  public static final int COLUMNS = 24;

  /** Checks that the row is full. */
  public Row {
    int width = widgets.stream().mapToInt(Widget::width).sum();
    if (width != COLUMNS || widgets.stream().mapToInt(Widget::height).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "a row of " + width + " columns: " + widgets.get(0).pieces().get(0).text());
    }
  }

  static Row always(Widget... widgets) {
    return new Row(Optional.empty(), List.of(widgets));
  }

  static Row when(String condition, Widget... widgets) {
    return new Row(Optional.of(condition), List.of(widgets));
  }

  /** A heading over rows with the same condition. */
  static Row heading(String condition, String title) {
    return when(condition, Widget.text(COLUMNS, 1, "## " + title));
  }
}
