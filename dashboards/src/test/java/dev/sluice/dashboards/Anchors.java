package dev.sluice.dashboards;

import java.util.Locale;

/** Anchors of headings, as GitHub makes them. */
final class Anchors {
  private Anchors() {}

  static String of(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
  }
}
