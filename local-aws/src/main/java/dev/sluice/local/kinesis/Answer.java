package dev.sluice.local.kinesis;

import java.io.IOException;

/** The members of one answer, written when the format is known. */
@FunctionalInterface
interface Answer {
  Answer EMPTY = out -> {};

  void writeTo(WireWriter out) throws IOException;
}
