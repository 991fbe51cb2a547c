package dev.sluice.lookups;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A name server on loopback that answers PTR queries as it was told (RFC 1035, section 4). */
final class LocalNameServer implements AutoCloseable {
  static final int SERVER_FAILURE = 2;
  static final int NAME_ERROR = 3;
  static final int REFUSED = 5;

  private static final int HEADER_BYTES = 12;
  private static final int PTR = 12;
  private static final int IN = 1;
  private static final int MAX_PACKET_BYTES = 4096;

  private final DatagramSocket socket;
  private final Map<String, List<String>> names = Collections.synchronizedMap(new HashMap<>());
  private final Map<String, Integer> errors = Collections.synchronizedMap(new HashMap<>());
  final List<String> queries = Collections.synchronizedList(new ArrayList<>());
  volatile boolean silent;

  private LocalNameServer(DatagramSocket socket) {
    this.socket = socket;
  }

  static LocalNameServer start() throws IOException {
    var server =
        new LocalNameServer(
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    var thread = new Thread(server::serve, "name-server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  /** As a setting names it. */
  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** Answers a query for {@code pointer} with these names; none is an answer too. */
  void answer(String pointer, String... answer) {
    names.put(pointer, List.of(answer));
  }

  void fail(String pointer, int error) {
    errors.put(pointer, error);
  }

  private void serve() {
    var packet = new DatagramPacket(new byte[MAX_PACKET_BYTES], MAX_PACKET_BYTES);
    try {
      while (!socket.isClosed()) {
        packet.setLength(MAX_PACKET_BYTES);
        socket.receive(packet);
        String pointer = question(packet.getData());
        queries.add(pointer);
        if (!silent) {
          byte[] answer = answer(packet.getData(), pointer);
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String question(byte[] packet) {
    var labels = new ArrayList<String>();
    for (int i = HEADER_BYTES; packet[i] > 0; i += 1 + packet[i]) {
      labels.add(new String(packet, i + 1, packet[i], StandardCharsets.ISO_8859_1));
    }
    return String.join(".", labels);
  }

  private byte[] answer(byte[] query, String pointer) throws IOException {
    int questionTo = HEADER_BYTES;
    while (query[questionTo] > 0) {
      questionTo += 1 + query[questionTo];
    }
    questionTo += 5; // root label, type, class
    List<String> answers = names.getOrDefault(pointer, List.of());
    int error = errors.getOrDefault(pointer, names.containsKey(pointer) ? 0 : NAME_ERROR);
    var out = new ByteArrayOutputStream();
    out.write(query, 0, 2);
    out.write(0x81); // a response, recursion desired
    out.write(0x80 | error); // recursion available
    writeShort(1, out);
    writeShort(error == 0 ? answers.size() : 0, out);
    writeShort(0, out);
    writeShort(0, out);
    out.write(query, HEADER_BYTES, questionTo - HEADER_BYTES);
    for (String name : error == 0 ? answers : List.<String>of()) {
      byte[] data = labels(name);
      writeShort(0xC000 | HEADER_BYTES, out); // the name of the question
      writeShort(PTR, out);
      writeShort(IN, out);
      writeShort(0, out);
      writeShort(60, out); // seconds to live
      writeShort(data.length, out);
      out.write(data);
    }
    return out.toByteArray();
  }

  private static byte[] labels(String name) throws IOException {
    var out = new ByteArrayOutputStream();
    for (String label : name.split("\\.")) {
      byte[] bytes = label.getBytes(StandardCharsets.ISO_8859_1);
      out.write(bytes.length);
      out.write(bytes);
    }
    out.write(0);
    return out.toByteArray();
  }

  private static void writeShort(int value, ByteArrayOutputStream out) {
    out.write(value >> 8);
    out.write(value);
  }

  @Override
  public void close() {
    socket.close();
  }
}
