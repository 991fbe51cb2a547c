package dev.sluice.functions.fanout.alerts;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** States as an item holds them: compressed, for an item has 400 KB. */
final class StateBytes {
  private StateBytes() {}

  static byte[] pack(byte[] bytes) {
    var packed = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
    return packed.toByteArray();
  }

  static byte[] unpack(byte[] packed) {
    try (var in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new IllegalStateException("the item of a shard is broken", broken);
    }
  }

  static byte[] packMessages(List<AlertMessage> messages) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(messages.size());
      for (AlertMessage message : messages) {
        out.writeUTF(message.id());
        out.writeUTF(message.rule());
        out.writeUTF(message.kind());
        out.writeUTF(message.subject());
        out.writeUTF(message.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pack(bytes.toByteArray());
  }

  static List<AlertMessage> unpackMessages(byte[] packed) {
    var messages = new ArrayList<AlertMessage>();
    try (var in = new DataInputStream(new ByteArrayInputStream(unpack(packed)))) {
      for (int left = in.readInt(); left > 0; left--) {
        messages.add(
            new AlertMessage(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF()));
      }
    } catch (IOException broken) {
      throw new IllegalStateException("the item of a shard is broken", broken);
    }
    return messages;
  }
}
