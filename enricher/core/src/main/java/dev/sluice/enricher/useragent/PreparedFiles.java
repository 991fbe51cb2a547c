package dev.sluice.enricher.useragent;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.List;

/**
 * The prepared list as a start wants it: {@link PreparedList#RESOURCE} with the tables that say
 * where everything is in there. Nothing is read of an expression until a user agent may match it.
 *
 * @param texts the literals
 * @param expressions each read whenever it is asked for
 */
record PreparedFiles(
    SearchTables tables, LiteralTexts texts, List<NumberedExpression> expressions) {
  /** {@link SearchTables}, and the places of expressions and literals in the other file. */
  static final String TABLES = "expressions.tables";

  /** Those inside uap-java and the marks, which the build has prepared. */
  static PreparedFiles ofUapJava() {
    return read(resource(PreparedList.RESOURCE), resource(TABLES));
  }

  static byte[] resource(String name) {
    try (InputStream in = PreparedFiles.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  /** The tables of a list that has been written. */
  static byte[] tables(byte[] list) {
    var reader = new PreparedListReader(list);
    PreparedList read = reader.read();
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      SearchTables.of(read).write(out);
      Tables.write(reader.expressionFrom(), out);
      Tables.write(reader.exactlyFrom(), out);
      Tables.write(reader.exactlyTo(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
    return bytes.toByteArray();
  }

  /** The list with its tables. */
  static PreparedFiles read(byte[] list, byte[] tables) {
    ByteBuffer in = ByteBuffer.wrap(tables);
    SearchTables search = SearchTables.read(in);
    int[] from = Tables.ints(in);
    var texts = new LiteralTexts(list, Tables.ints(in), Tables.ints(in));
    return new PreparedFiles(search, texts, new Expressions(list, from));
  }

  /** Expressions by their places in the file. */
  private static final class Expressions extends AbstractList<NumberedExpression> {
    private final byte[] list;
    private final int[] from;

    Expressions(byte[] list, int[] from) {
      this.list = list;
      this.from = from;
    }

    @Override
    public NumberedExpression get(int index) {
      return new PreparedListReader(list).expressionAt(from[index]);
    }

    @Override
    public int size() {
      return from.length;
    }
  }
}
