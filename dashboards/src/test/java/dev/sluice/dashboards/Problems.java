package dev.sluice.dashboards;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a template; each begins with its place. */
final class Problems {
  private final List<String> list = new ArrayList<>();

  void add(String problem) {
    list.add(problem);
  }

  void bound(String place, long is, long most, String what) {
    if (is > most) {
      add(place + ": " + is + " " + what + ", at most " + most);
    }
  }

  List<String> list() {
    return list;
  }
}
