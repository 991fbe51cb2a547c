package dev.sluice.enricher.profile;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.EventTime;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.LogEscapes;
import dev.sluice.enricher.page.RequestLine;
import dev.sluice.enricher.page.TargetParts;
import dev.sluice.enricher.useragent.UserAgentFragment;
import java.util.EnumSet;
import java.util.Set;

/** Writes the group {@link OutputGroup#DERIVED}. Not thread-safe. */
final class DerivedGroup {
  private final EventTime time = new EventTime();
  private final TargetParts target = new TargetParts();
  private final OutputBuffer decoded = new OutputBuffer();
  private final OutputBuffer text = new OutputBuffer();
  private final Set<FlatKey> undecoded = EnumSet.noneOf(FlatKey.class);

  void append(EnrichedLine line, FlatMembers out) {
    AccessLogLine fields = line.fields();
    undecoded.clear();
    appendTime(line, out);
    if (fields.has(Field.REQUEST_LINE)) {
      appendRequest(fields, line.request(), out);
    } else {
      appendRequestFields(fields, out);
    }
    appendStatusClass(line, out);
    if (line.userAgent() == UserAgentFragment.NOTHING) {
      appendKept(FlatKey.IS_BOT, line, out);
    } else {
      out.flag(FlatKey.IS_BOT, line.userAgent().isBot());
    }
    appendDecoded(FlatKey.IDENTITY, fields, Field.IDENTITY, out);
    appendDecoded(FlatKey.USER, fields, Field.USER, out);
    appendUndecoded(out);
  }

  private static void appendKept(FlatKey key, EnrichedLine line, FlatMembers out) {
    if (line.kept().derived(key) != null) {
      out.raw(key, line.kept().derived(key));
    }
  }

  private void appendTime(EnrichedLine line, FlatMembers out) {
    AccessLogLine fields = line.fields();
    if (!fields.has(Field.TIMESTAMP)) {
      appendKept(FlatKey.TIMESTAMP, line, out);
      appendKept(FlatKey.EPOCH_MILLIS, line, out);
    } else if (time.read(
        fields.buffer(), fields.from(Field.TIMESTAMP), fields.to(Field.TIMESTAMP))) {
      text.clear();
      time.appendIso(text);
      out.text(FlatKey.TIMESTAMP, text.array(), 0, text.length());
      out.number(FlatKey.EPOCH_MILLIS, time.epochMillis());
    }
  }

  /** Only a request with a target has parts: of anything else nobody knows what it means. */
  private void appendRequest(AccessLogLine fields, RequestLine request, FlatMembers out) {
    if (request.targetFrom() < 0) {
      return;
    }
    byte[] buffer = fields.buffer();
    int from = fields.from(Field.REQUEST_LINE);
    int to = fields.to(Field.REQUEST_LINE);
    int methodTo = from;
    while (buffer[methodTo] != ' ') {
      methodTo++;
    }
    out.text(FlatKey.METHOD, buffer, from, methodTo);
    if (request.hasTarget()) {
      appendTarget(buffer, request.targetFrom(), request.targetTo(), out);
    }
    int protocol = request.targetTo();
    while (protocol < to && buffer[protocol] == ' ') {
      protocol++;
    }
    if (protocol < to) {
      out.text(FlatKey.PROTOCOL, buffer, protocol, to);
    }
  }

  private void appendTarget(byte[] buffer, int from, int to, FlatMembers out) {
    target.find(buffer, from, to);
    if (target.hasPath()) {
      appendDecoded(FlatKey.PATH, target.pathText(), target.pathFrom(), target.pathTo(), out);
    }
    if (target.hasQuery()) {
      appendDecoded(FlatKey.QUERY, buffer, target.queryFrom(), target.queryTo(), out);
    }
  }

  private void appendRequestFields(AccessLogLine fields, FlatMembers out) {
    appendUnlessMissing(FlatKey.METHOD, fields, Field.METHOD, out);
    appendDecoded(FlatKey.PATH, fields, Field.URL_PATH, out);
    int query = fields.from(Field.QUERY);
    if (query < fields.to(Field.QUERY) && !fields.isMissing(Field.QUERY)) {
      appendDecoded(FlatKey.QUERY, fields.buffer(), query + 1, fields.to(Field.QUERY), out);
    }
    appendUnlessMissing(FlatKey.PROTOCOL, fields, Field.PROTOCOL, out);
  }

  private static void appendUnlessMissing(
      FlatKey key, AccessLogLine fields, Field field, FlatMembers out) {
    if (!fields.isMissing(field)) {
      out.text(key, fields.buffer(), fields.from(field), fields.to(field));
    }
  }

  /** A status of 000, which nginx writes for a client that left, is in no class. */
  private void appendStatusClass(EnrichedLine line, FlatMembers out) {
    AccessLogLine fields = line.fields();
    if (fields.isMissing(Field.STATUS)) {
      appendKept(FlatKey.STATUS_CLASS, line, out);
    } else if (fields.buffer()[fields.from(Field.STATUS)] != '0') {
      text.clear();
      text.append(fields.buffer()[fields.from(Field.STATUS)]);
      text.append((byte) 'x');
      text.append((byte) 'x');
      out.text(FlatKey.STATUS_CLASS, text.array(), 0, text.length());
    }
  }

  private void appendDecoded(FlatKey key, AccessLogLine fields, Field field, FlatMembers out) {
    if (!fields.isMissing(field)) {
      appendDecoded(key, fields.buffer(), fields.from(field), fields.to(field), out);
    }
  }

  private void appendDecoded(FlatKey key, byte[] logged, int from, int to, FlatMembers out) {
    if (!out.isChosen(key)) {
      return;
    }
    decoded.clear();
    if (LogEscapes.decode(logged, from, to, decoded)) {
      out.text(key, decoded.array(), 0, decoded.length());
    } else {
      undecoded.add(key);
      out.text(key, logged, from, to);
    }
  }

  private void appendUndecoded(FlatMembers out) {
    if (undecoded.isEmpty()) {
      return;
    }
    text.clear();
    for (FlatKey key : undecoded) {
      JsonNames.append(key.label(), text);
    }
    out.raw(FlatKey.UNDECODED, JsonNames.array(text));
  }
}
