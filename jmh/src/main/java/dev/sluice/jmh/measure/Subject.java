package dev.sluice.jmh.measure;

/**
 * A benchmark with its parameters.
 *
 * @param benchmark simple name of the class, such as {@code PipelineBenchmark}
 */
public record Subject(String benchmark, String corpus, String implementation) {

  public static Subject pipeline(String corpus, String implementation) {
    return new Subject("PipelineBenchmark", corpus, implementation);
  }

  public static Subject parser(String implementation) {
    return new Subject("LineParserBenchmark", "browsers", implementation);
  }

  public static Subject userAgent(String corpus, String implementation) {
    return new Subject("UserAgentBenchmark", corpus, implementation);
  }

  /** A Firehose handler on its large event. */
  public static Subject firehose(String implementation) {
    return new Subject("FirehoseBenchmark", "real", implementation);
  }

  /** The function behind a stream, on its events of 10,000 records. */
  public static Subject function(String implementation) {
    return new Subject("FunctionBenchmark", "real", implementation);
  }

  /** JMH's expression for the benchmark's one method. */
  String include() {
    return "\\." + benchmark + "\\.";
  }

  @Override
  public String toString() {
    return benchmark + " " + corpus + " " + implementation;
  }
}
