package dev.sluice.fanout;

/** Counts of one subject in one window, or in a part of it. Not thread-safe. */
final class Tally {
  private long requests;
  private long errors;
  private long anomalies;

  Tally() {}

  Tally(long requests, long errors, long anomalies) {
    this.requests = requests;
    this.errors = errors;
    this.anomalies = anomalies;
  }

  void count(boolean error, boolean anomalous) {
    requests++;
    errors += error ? 1 : 0;
    anomalies += anomalous ? 1 : 0;
  }

  void add(Tally other) {
    requests += other.requests;
    errors += other.errors;
    anomalies += other.anomalies;
  }

  long requests() {
    return requests;
  }

  long errors() {
    return errors;
  }

  long anomalies() {
    return anomalies;
  }
}
