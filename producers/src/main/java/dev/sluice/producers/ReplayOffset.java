package dev.sluice.producers;

/**
 * How far a replay has come: everything before it is stored or refused.
 *
 * @param passes how often the input has been replayed to its end
 * @param lines lines read, those of all passes
 * @param bytes bytes of the present pass, decompressed, line ends included
 */
record ReplayOffset(long passes, long lines, long bytes) {
  static final ReplayOffset START = new ReplayOffset(0, 0, 0);
}
