package dev.sluice.dashboards.widgets;

import java.util.Optional;

/**
 * A part of the dashboard's text.
 *
 * @param condition without which it is left out; empty for always
 * @param text as {@code Fn::Sub} takes it
 */
public record Piece(Optional<String> condition, String text) {
  static Piece always(String text) {
    return new Piece(Optional.empty(), text);
  }

  static Piece when(String condition, String text) {
    return new Piece(Optional.of(condition), text);
  }
}
