package dev.sluice.files.notice;

import dev.sluice.files.report.FileReport;

/** Tells what became of a file. */
@FunctionalInterface
public interface Notices {
  /** Tells nobody. */
  Notices NONE = report -> {};

  /**
   * Tells of a file that is done, or failed. Whoever is told twice finds the same id in both.
   *
   * @throws dev.sluice.files.calls.ServiceFailure when it was not told
   */
  void tell(FileReport report);
}
