package dev.sluice.cli;

/** What the exit codes of every command mean. */
public final class ExitCode {

  /** Done; the books balance. */
  public static final int OK = 0;

  /** Cannot run, or ran and found something wrong: an input, an endpoint, a book that is off. */
  public static final int FAILED = 1;

  /** Wrong usage or wrong settings: nothing was done. */
  public static final int USAGE = 2;

  private ExitCode() {}
}
