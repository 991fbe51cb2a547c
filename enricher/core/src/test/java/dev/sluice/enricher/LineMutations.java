package dev.sluice.enricher;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Broken lines, made from whole ones by a seed. */
final class LineMutations {
  /** Bytes that mean something to the parser, to JSON or to UTF-8. */
  private static final byte[] TELLING =
      new byte[] {
        '"',
        '\\',
        ' ',
        '[',
        ']',
        '-',
        '/',
        '%',
        ';',
        '.',
        ':',
        '?',
        '#',
        '0',
        '9',
        'a',
        '\t',
        '\r',
        '\n',
        0,
        0x7F,
        (byte) 0x80,
        (byte) 0xC2,
        (byte) 0xE2,
        (byte) 0xED,
        (byte) 0xF4,
        (byte) 0xFF
      };

  private final List<byte[]> lines;
  private final Random random;

  LineMutations(List<byte[]> lines, Random random) {
    this.lines = lines;
    this.random = random;
  }

  /** Of golden lines, with what the format has and they have not put before or behind. */
  static LineMutations ofGoldenLines(BuiltInFormat format, Random random) {
    List<byte[]> lines =
        GoldenFile.allCases().stream()
            .flatMap(golden -> variants(format, golden.line()).stream())
            .toList();
    return new LineMutations(lines, random);
  }

  /** Of the golden lines of all format strings. */
  static LineMutations ofCustomLines(Random random) {
    return new LineMutations(
        GoldenFile.casesWithCustomFormat().stream().map(GoldenFile.Case::line).toList(), random);
  }

  private static List<byte[]> variants(BuiltInFormat format, byte[] line) {
    byte[] withVirtualHost = around("h.example:443 ", line, "");
    return switch (format) {
      case AUTO -> List.of(line, withVirtualHost);
      case COMMON, COMBINED, NGINX -> List.of(line);
      case VHOST_COMBINED -> List.of(withVirtualHost);
      case COMBINEDIO -> List.of(around("", line, " 512 1024"));
    };
  }

  private static byte[] around(String before, byte[] line, String after) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(before.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(line);
    bytes.writeBytes(after.getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }

  /** One of the lines, changed in one to four places. */
  byte[] next() {
    byte[] line = lines.get(random.nextInt(lines.size()));
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      line = mutateOnce(line);
    }
    return line;
  }

  /** A byte that means something somewhere. */
  byte tellingByte() {
    return TELLING[random.nextInt(TELLING.length)];
  }

  private byte[] mutateOnce(byte[] line) {
    int at = random.nextInt(line.length + 1);
    byte telling = tellingByte();
    var mutant = new ByteArrayOutputStream();
    switch (random.nextInt(5)) {
      case 0 -> { // insert
        mutant.write(line, 0, at);
        mutant.write(telling);
        mutant.write(line, at, line.length - at);
      }
      case 1 -> { // replace
        mutant.writeBytes(line);
        byte[] bytes = mutant.toByteArray();
        if (at < bytes.length) {
          bytes[at] = telling;
        }
        return bytes;
      }
      case 2 -> { // cut out
        int end = Math.min(line.length, at + random.nextInt(20));
        mutant.write(line, 0, at);
        mutant.write(line, end, line.length - end);
      }
      case 3 -> { // repeat a piece
        int end = Math.min(line.length, at + random.nextInt(40));
        mutant.write(line, 0, end);
        mutant.write(line, at, line.length - at);
      }
      default -> { // head of one line, tail of another
        byte[] other = lines.get(random.nextInt(lines.size()));
        int from = random.nextInt(other.length + 1);
        mutant.write(line, 0, at);
        mutant.write(other, from, other.length - from);
      }
    }
    return mutant.toByteArray();
  }
}
