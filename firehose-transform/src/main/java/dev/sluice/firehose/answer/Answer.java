package dev.sluice.firehose.answer;

/** What becomes of a record. */
enum Answer {
  /** {@code Ok} with its output. */
  OK("Ok"),
  /** {@code Dropped}: every line was left out on purpose. */
  DROPPED("Dropped"),
  /** {@code Dropped} here, because it was sent back to where it came from. */
  REINGESTED("Dropped"),
  /** {@code ProcessingFailed} with its original data. */
  FAILED("ProcessingFailed"),
  /** {@code ProcessingFailed}, and there is no room for its data. */
  FAILED_WITHOUT_DATA("ProcessingFailed");

  private final String result;

  Answer(String result) {
    this.result = result;
  }

  /** The word of Firehose. */
  String result() {
    return result;
  }
}
