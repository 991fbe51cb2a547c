package dev.sluice.files.tracing;

/** A step that has begun and is to be closed, by the thread that began it. */
public interface TracedStep extends AutoCloseable {
  /** A step that nobody watches. */
  TracedStep UNTRACED =
      new TracedStep() {
        @Override
        public void put(String name, long value) {}

        @Override
        public void failed(String why) {}

        @Override
        public void close() {}
      };

  /** Adds a number. */
  void put(String name, long value);

  /**
   * Marks the step as failed.
   *
   * @param why never part of a file's content
   */
  void failed(String why);

  @Override
  void close();
}
