package dev.sluice.cli.enrich;

import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.enricher.OutputBuffer;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Whole lines of one input on their way from the reader through a worker to the writer, and what
 * became of them. Used again; one thread has it at a time.
 */
final class Chunk {
  /** Output arrays above this length are let go instead of kept for the next lines. */
  private static final int MAX_KEPT_OUTPUT_BYTES = 8 * 1024 * 1024;

  /** Answer of {@link #cutLineBytes()} where all lines are whole. */
  static final long NOT_CUT = -1;

  private final byte[] bytes;

  private InputFile input;
  private int length;
  private long firstLine;
  private int lines;
  private long cutLineBytes;
  private long inputBytesRead;
  private OptionalLong inputSize = OptionalLong.empty();
  private IOException failure;

  private OutputBuffer json;
  private OutputBuffer rejects;
  private OutcomeCounts.Builder counts;

  /**
   * @param capacity bytes of all its lines with their line ends
   */
  Chunk(int capacity) {
    bytes = new byte[capacity];
    json = new OutputBuffer(capacity);
    rejects = new OutputBuffer();
    counts = new OutcomeCounts.Builder();
  }

  /** Forgets all lines and takes those of {@code newInput} from now on. */
  void begin(InputFile newInput, long newFirstLine) {
    input = newInput;
    length = 0;
    firstLine = newFirstLine;
    lines = 0;
    cutLineBytes = NOT_CUT;
    failure = null;
    json = cleared(json);
    rejects = cleared(rejects);
    counts = new OutcomeCounts.Builder();
  }

  private static OutputBuffer cleared(OutputBuffer buffer) {
    if (buffer.array().length > MAX_KEPT_OUTPUT_BYTES) {
      return new OutputBuffer();
    }
    buffer.clear();
    return buffer;
  }

  /** Holds whole lines of the input up to {@link #length()}. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** The first {@code newLength} bytes are {@code newLines} lines. */
  void holds(int newLength, int newLines) {
    length = newLength;
    lines = newLines;
  }

  /**
   * The only line, of which {@code keptBytes} are here.
   *
   * @param lineBytes its true length without its line end
   */
  void holdsCutLine(int keptBytes, long lineBytes) {
    holds(keptBytes, 1);
    cutLineBytes = lineBytes;
  }

  /** True length of the only line if that did not fit; otherwise {@link #NOT_CUT}. */
  long cutLineBytes() {
    return cutLineBytes;
  }

  InputFile input() {
    return input;
  }

  /** Number of the first line in its input, counted from 1. */
  long firstLine() {
    return firstLine;
  }

  int lines() {
    return lines;
  }

  /** Bytes of the input that were read when this chunk was, before decompression. */
  long inputBytesRead() {
    return inputBytesRead;
  }

  /** Bytes of the input, if it is a file. */
  OptionalLong inputSize() {
    return inputSize;
  }

  void inputRead(long bytesRead, OptionalLong size) {
    inputBytesRead = bytesRead;
    inputSize = size;
  }

  /** Why the input cannot be read on after these lines; null if it can, or has ended. */
  IOException failure() {
    return failure;
  }

  void failure(IOException cause) {
    failure = cause;
  }

  /** The enriched lines, each with a line end. */
  OutputBuffer json() {
    return json;
  }

  /** The reject documents, each with a line end. */
  OutputBuffer rejects() {
    return rejects;
  }

  OutcomeCounts.Builder counts() {
    return counts;
  }
}
