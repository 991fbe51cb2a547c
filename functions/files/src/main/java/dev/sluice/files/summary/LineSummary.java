package dev.sluice.files.summary;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.EventTime;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.page.PageName;
import dev.sluice.enricher.useragent.UserAgentFragment;
import dev.sluice.files.summary.NameCounts.Counter;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the enriched lines of a file by what they have in common. Places and user agents are
 * rendered once for many lines, so the name in each is looked up once. Not thread-safe.
 */
public final class LineSummary {
  /** Names of each kind in the summary. */
  static final int TOP = 20;

  /** Rendered parts whose names are remembered; forgotten all at once beyond. */
  private static final int MAX_FRAGMENTS = 4_096;

  private static final int TIMESTAMP_BYTES = 64;
  private static final int STATUSES = 1_000;

  private final NameCounts countries = new NameCounts();
  private final NameCounts browsers = new NameCounts();
  private final NameCounts devices = new NameCounts();
  private final NameCounts pages = new NameCounts();
  private final long[] statuses = new long[STATUSES];
  private final TimeCounts times = new TimeCounts();
  private final Map<byte[], Optional<Counter>> places = new IdentityHashMap<>();
  private final Map<UserAgentFragment, Agent> agents = new IdentityHashMap<>();
  private final EventTime time = new EventTime();
  private final byte[] lastTimestamp = new byte[TIMESTAMP_BYTES];
  private int lastTimestampBytes;
  private long lastSeconds;
  private long lines;

  /** What a user agent counts for. */
  private record Agent(Optional<Counter> browser, Optional<Counter> device) {}

  /** Counts a line that has been enriched. */
  public void count(EnrichedLine line) {
    lines++;
    countPlace(line.place());
    countAgent(line.userAgent());
    PageName page = line.webpage();
    if (page.isPresent()) {
      pages.of(page.buffer(), page.from(), page.to()).add();
    }
    AccessLogLine fields = line.fields();
    countStatus(fields);
    countTime(fields);
  }

  private void countPlace(byte[] place) {
    Optional<Counter> counter = places.get(place);
    if (counter == null) {
      counter = FragmentNames.country(place).map(countries::of);
      if (places.size() == MAX_FRAGMENTS) {
        places.clear();
      }
      places.put(place, counter);
    }
    counter.ifPresent(Counter::add);
  }

  private void countAgent(UserAgentFragment fragment) {
    Agent agent = agents.get(fragment);
    if (agent == null) {
      agent =
          new Agent(
              FragmentNames.browser(fragment.json()).map(browsers::of),
              Optional.ofNullable(fragment.deviceType()).map(type -> devices.of(type.label())));
      if (agents.size() == MAX_FRAGMENTS) {
        agents.clear();
      }
      agents.put(fragment, agent);
    }
    agent.browser().ifPresent(Counter::add);
    agent.device().ifPresent(Counter::add);
  }

  private void countStatus(AccessLogLine fields) {
    int from = fields.from(Field.STATUS);
    if (fields.isMissing(Field.STATUS) || fields.to(Field.STATUS) - from != 3) {
      return;
    }
    byte[] text = fields.buffer();
    int status = (text[from] - '0') * 100 + (text[from + 1] - '0') * 10 + text[from + 2] - '0';
    if (status >= 0 && status < STATUSES) {
      statuses[status]++;
    }
  }

  /** Lines of one second stand together mostly, so a timestamp is read when it changes. */
  private void countTime(AccessLogLine fields) {
    if (!fields.has(Field.TIMESTAMP)) {
      return;
    }
    byte[] text = fields.buffer();
    int from = fields.from(Field.TIMESTAMP);
    int to = fields.to(Field.TIMESTAMP);
    if (lastTimestampBytes == 0
        || !Arrays.equals(lastTimestamp, 0, lastTimestampBytes, text, from, to)) {
      if (!time.read(text, from, to)) {
        return;
      }
      lastSeconds = Math.floorDiv(time.epochMillis(), 1_000L);
      lastTimestampBytes = to - from <= TIMESTAMP_BYTES ? to - from : 0;
      System.arraycopy(text, from, lastTimestamp, 0, lastTimestampBytes);
    }
    times.count(lastSeconds);
  }

  long lines() {
    return lines;
  }

  NameCounts countries() {
    return countries;
  }

  NameCounts browsers() {
    return browsers;
  }

  NameCounts devices() {
    return devices;
  }

  NameCounts pages() {
    return pages;
  }

  /** By status, {@code 200} for instance. */
  NameCounts statuses() {
    var names = new NameCounts();
    for (int status = 0; status < STATUSES; status++) {
      if (statuses[status] > 0) {
        Counter counter = names.of(Integer.toString(STATUSES + status).substring(1));
        counter.add(statuses[status]);
      }
    }
    return names;
  }

  TimeCounts times() {
    return times;
  }
}
