package dev.sluice.fanout;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One rule with what it has told about whom. Windows are decided in their order, each once. Not
 * thread-safe.
 */
final class RuleState {
  private static final long NEVER = Long.MIN_VALUE;

  /** What was told about one subject. */
  private static final class Told {
    boolean raised;
    long lastHeld; // number of the newest window in which the rule held
    long lastTold = NEVER; // end of the window of the last message, seconds since 1970
  }

  private final int number;
  private final AlertRule rule;
  private final long coolDownSeconds;
  private final int clearWindows;
  private final int maxSubjects;
  private final Map<String, Told> told = new LinkedHashMap<>();
  private int tallies;
  private long suppressed;
  private long notRemembered;

  RuleState(int number, AlertRule rule, FanOutSettings settings) {
    this.number = number;
    this.rule = rule;
    coolDownSeconds = settings.coolDown().toSeconds();
    clearWindows = settings.clearWindows();
    maxSubjects = settings.alertHosts();
  }

  AlertRule rule() {
    return rule;
  }

  /** Counts a line; a subject for which there is no room is left out and counted. */
  void count(AlertSource<?> source, long window, LineFacts line) {
    String subject = rule.scope() == AlertRule.Scope.STREAM ? "" : line.host();
    if (subject == null) {
      return;
    }
    Tally tally = source.find(number, window, subject);
    if (tally == null) {
      if (rule.scope() == AlertRule.Scope.HOST && tallies >= maxSubjects) {
        notRemembered++;
        return;
      }
      tally = source.add(number, window, subject);
      tallies++;
    }
    tally.count(rule.isError(line), line.anomalous());
  }

  /** The source's open windows will never be decided here. */
  void forget(AlertSource<?> source) {
    source.windows(number).values().forEach(subjects -> tallies -= subjects.size());
    source.windows(number).clear();
  }

  /**
   * Decides every window before {@code to} that has lines, and gives the all-clear for what was
   * calm up to there.
   */
  void decideBefore(long to, Collection<? extends AlertSource<?>> sources, List<Alert> alerts) {
    decide(to, sources, alerts);
    clearBefore(to, alerts);
  }

  /** Decides every window as it stands. What comes later for one of them is decided by itself. */
  void decideAll(Collection<? extends AlertSource<?>> sources, List<Alert> alerts) {
    decide(Long.MAX_VALUE, sources, alerts);
  }

  private void decide(long to, Collection<? extends AlertSource<?>> sources, List<Alert> alerts) {
    var ready = new TreeSet<Long>();
    sources.forEach(source -> ready.addAll(source.windows(number).headMap(to).keySet()));
    for (long window : ready) {
      clearBefore(window, alerts);
      var merged = new TreeMap<String, Tally>();
      for (AlertSource<?> source : sources) {
        Map<String, Tally> part = source.windows(number).remove(window);
        if (part != null) {
          tallies -= part.size();
          part.forEach((name, tally) -> merged.computeIfAbsent(name, n -> new Tally()).add(tally));
        }
      }
      decideWindow(window, merged, alerts);
    }
  }

  private void decideWindow(long window, SortedMap<String, Tally> subjects, List<Alert> alerts) {
    var raised = new ArrayList<Alert.Reading>();
    var ongoing = new ArrayList<Alert.Reading>();
    long end = rule.end(window);
    subjects.forEach(
        (subject, tally) -> {
          Told about = rule.holdsFor(tally) ? remembered(subject) : null;
          if (about == null) {
            return;
          }
          about.lastHeld = Math.max(about.lastHeld, window);
          if (about.lastTold != NEVER && end - about.lastTold < coolDownSeconds) {
            suppressed++;
            return;
          }
          (about.raised ? ongoing : raised).add(Alert.Reading.of(subject, tally));
          about.raised = true;
          about.lastTold = end;
        });
    tell(Alert.Kind.RAISED, window, raised, alerts);
    tell(Alert.Kind.ONGOING, window, ongoing, alerts);
  }

  /** Null when there is no room: then nobody is told, and it is counted. */
  private Told remembered(String subject) {
    Told about = told.get(subject);
    if (about == null) {
      if (told.size() >= maxSubjects && !forgetOneThatIsQuiet()) {
        notRemembered++;
        return null;
      }
      about = new Told();
      about.lastHeld = Long.MIN_VALUE;
      told.put(subject, about);
    }
    return about;
  }

  private boolean forgetOneThatIsQuiet() {
    for (Iterator<Told> each = told.values().iterator(); each.hasNext(); ) {
      if (!each.next().raised) {
        each.remove();
        return true;
      }
    }
    return false;
  }

  /** The all-clear for subjects whose calm windows all lie before {@code window}. */
  private void clearBefore(long window, List<Alert> alerts) {
    var cleared = new TreeMap<Long, List<String>>();
    for (Iterator<Map.Entry<String, Told>> each = told.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<String, Told> entry = each.next();
      Told about = entry.getValue();
      if (about.raised && about.lastHeld + clearWindows < window) {
        about.raised = false;
        cleared
            .computeIfAbsent(about.lastHeld + clearWindows, w -> new ArrayList<>())
            .add(entry.getKey());
      }
      if (!about.raised && rule.end(window) - about.lastTold >= coolDownSeconds) {
        each.remove(); // the next message would be told anyway
      }
    }
    cleared.forEach(
        (calm, names) ->
            tell(
                Alert.Kind.CLEARED,
                calm,
                names.stream().sorted().map(name -> Alert.Reading.of(name, new Tally())).toList(),
                alerts));
  }

  private void tell(
      Alert.Kind kind, long window, List<Alert.Reading> readings, List<Alert> alerts) {
    if (readings.isEmpty()) {
      return;
    }
    int named = Math.min(readings.size(), Alert.MAX_READINGS);
    long end = rule.end(window);
    alerts.add(
        new Alert(
            rule,
            kind,
            Instant.ofEpochSecond(end - rule.window().toSeconds()),
            Instant.ofEpochSecond(end),
            readings.subList(0, named),
            readings.size() - named));
  }

  /** Writes what was told, and the open windows of the source. */
  void save(AlertSource<?> source, DataOutput out) throws IOException {
    out.writeUTF(rule.definition());
    out.writeInt(told.size());
    for (Map.Entry<String, Told> each : told.entrySet()) {
      out.writeUTF(each.getKey());
      out.writeBoolean(each.getValue().raised);
      out.writeLong(each.getValue().lastHeld);
      out.writeLong(each.getValue().lastTold);
    }
    Map<Long, Map<String, Tally>> windows = source.windows(number);
    out.writeInt(windows.size());
    for (Map.Entry<Long, Map<String, Tally>> window : windows.entrySet()) {
      out.writeLong(window.getKey());
      out.writeInt(window.getValue().size());
      for (Map.Entry<String, Tally> each : new TreeMap<>(window.getValue()).entrySet()) {
        out.writeUTF(each.getKey());
        out.writeLong(each.getValue().requests());
        out.writeLong(each.getValue().errors());
        out.writeLong(each.getValue().anomalies());
      }
    }
  }

  /**
   * Reads what {@link #save} has written behind the definition.
   *
   * @param into the rule that goes on; null when there is none any more
   */
  static void resume(RuleState into, AlertSource<?> source, DataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      String subject = in.readUTF();
      var about = new Told();
      about.raised = in.readBoolean();
      about.lastHeld = in.readLong();
      about.lastTold = in.readLong();
      if (into != null) {
        into.told.put(subject, about);
      }
    }
    for (int windows = in.readInt(); windows > 0; windows--) {
      long window = in.readLong();
      for (int left = in.readInt(); left > 0; left--) {
        String subject = in.readUTF();
        var tally = new Tally(in.readLong(), in.readLong(), in.readLong());
        if (into != null) {
          source.add(into.number, window, subject).add(tally);
          into.tallies++;
        }
      }
    }
  }

  /** Windows of subjects in which the rule held and nobody was told, for the cool-down. */
  long suppressed() {
    return suppressed;
  }

  /** Lines and windows that were left out because there was no room for their host. */
  long notRemembered() {
    return notRemembered;
  }
}
