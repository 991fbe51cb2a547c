package dev.sluice.files.report;

/** What has become of an upload. */
public enum FileState {
  /** It is being worked on, or will be again. */
  PROCESSING,
  /** All was done. */
  DONE,
  /** It cannot be done, at least not without a change. */
  FAILED,
  /** Not an upload: the file was deleted. */
  DELETED
}
