package dev.sluice.enricher.useragent;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Arrays in a file: the number of elements, then the elements, big-endian. */
final class Tables {
  private Tables() {}

  static void write(int[] table, DataOutputStream out) throws IOException {
    out.writeInt(table.length);
    for (int each : table) {
      out.writeInt(each);
    }
  }

  static void write(long[] table, DataOutputStream out) throws IOException {
    out.writeInt(table.length);
    for (long each : table) {
      out.writeLong(each);
    }
  }

  /** The next array, copied as a whole: nothing is compiled yet when this is called. */
  static int[] ints(ByteBuffer in) {
    int[] table = new int[in.getInt()];
    in.asIntBuffer().get(table);
    in.position(in.position() + table.length * Integer.BYTES);
    return table;
  }

  /** The same for longs. */
  static long[] longs(ByteBuffer in) {
    long[] table = new long[in.getInt()];
    in.asLongBuffer().get(table);
    in.position(in.position() + table.length * Long.BYTES);
    return table;
  }
}
