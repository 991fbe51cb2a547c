package dev.sluice.jmh.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One reader on its way through a stream that is full, from its start to its last line in S3.
 *
 * @param perProcessorSecond lines durable by second of its processor time, after the warm-up
 * @param perSecond the same by the clock
 * @param fromFirstObject lines durable by second of processor time from the first object on
 * @param exitCode of the stop behind it
 */
record Turn(
    double perProcessorSecond,
    double perSecond,
    double fromFirstObject,
    double residentMegabytes,
    int exitCode) {
  /** An object is full with so many: small, so that there are many points in time to measure at. */
  static final int OBJECT_RECORDS = 5_000;

  /** Objects are put because they are full, never because they are old. */
  private static final Duration OBJECT_AGE = Duration.ofHours(1);

  /** Share of the lines that is durable before the measurement begins. */
  private static final double WARM_UP = 0.6;

  private static final Duration MAX_TIME = Duration.ofMinutes(5);
  private static final long POLL_MILLIS = 50;
  private static final double NANOS_PER_SECOND = 1e9;

  /** What was durable at a time. */
  private record Sample(long nanos, double processorSeconds, long objects) {}

  /**
   * @throws IllegalStateException if not each line of the stream is durable, once
   */
  static Turn run(ReaderKind kind, Bench bench, LoadedStream stream) {
    Output output = bench.newOutput();
    String application = Bench.newApplication(kind);
    try (ReaderProcess reader =
        bench.start(kind, application, stream, output, OBJECT_RECORDS, OBJECT_AGE)) {
      List<Sample> samples = follow(reader, output, stream.records() / OBJECT_RECORDS);
      double resident = reader.residentMegabytes();
      int exitCode = reader.stop();
      stream.forget(application);
      long lines = output.lines();
      if (lines != stream.records()) {
        throw new IllegalStateException(
            kind.label() + " has " + lines + " lines in S3, of " + stream.records());
      }
      Sample warm = firstWith((long) (WARM_UP * stream.records() / OBJECT_RECORDS), samples);
      return new Turn(
          perProcessorSecond(warm, samples),
          perSecond(warm, samples),
          perProcessorSecond(firstWith(1, samples), samples),
          resident,
          exitCode);
    }
  }

  private static List<Sample> follow(ReaderProcess reader, Output output, long objects) {
    var samples = new ArrayList<Sample>();
    long start = System.nanoTime();
    Sample sample;
    do {
      Waits.sleep(POLL_MILLIS);
      reader.requireAlive();
      long durable = output.keys().size();
      sample = new Sample(System.nanoTime(), reader.processorSeconds(), durable);
      samples.add(sample);
      if (sample.nanos - start > MAX_TIME.toNanos()) {
        throw new IllegalStateException(
            durable + " of " + objects + " objects after " + MAX_TIME.toSeconds() + " s");
      }
    } while (sample.objects < objects);
    return samples;
  }

  private static Sample firstWith(long objects, List<Sample> samples) {
    return samples.stream()
        .filter(sample -> sample.objects >= Math.max(1, objects))
        .findFirst()
        .orElseThrow();
  }

  private static double perProcessorSecond(Sample from, List<Sample> samples) {
    Sample last = samples.get(samples.size() - 1);
    return lines(from, last) / (last.processorSeconds - from.processorSeconds);
  }

  private static double perSecond(Sample from, List<Sample> samples) {
    Sample last = samples.get(samples.size() - 1);
    return lines(from, last) * NANOS_PER_SECOND / (last.nanos - from.nanos);
  }

  private static double lines(Sample from, Sample to) {
    return (double) (to.objects - from.objects) * OBJECT_RECORDS;
  }
}
