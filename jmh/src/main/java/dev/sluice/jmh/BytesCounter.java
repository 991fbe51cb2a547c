package dev.sluice.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Adds input bytes a second to the lines a second of a benchmark. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class BytesCounter {
  /** Bytes of the lines taken in, line ends not counted. */
  public long bytes;
}
