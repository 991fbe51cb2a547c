package dev.sluice.functions.fanout.alerts;

import dev.sluice.fanout.Alert;
import dev.sluice.fanout.AlertDecider;
import dev.sluice.fanout.AlertSource;
import dev.sluice.fanout.FanOutSettings;
import dev.sluice.fanout.LineFacts;
import dev.sluice.functions.fanout.BatchMode;
import dev.sluice.functions.fanout.Books;
import dev.sluice.functions.fanout.FactLines;
import dev.sluice.functions.fanout.LineWork;
import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.functions.fanout.event.StreamRecord;
import dev.sluice.functions.fanout.sending.Attempts;
import dev.sluice.functions.fanout.sending.NotSentException;
import dev.sluice.invocation.InvocationLine;
import dev.sluice.invocation.TimeLeft;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Decides about the windows of each shard by itself, where the invocation before has stopped. A
 * record that comes again is known by its place and not counted twice. Not thread-safe.
 */
public final class AlertsMode implements BatchMode {
  /** Longer names of hosts have no counts of their own, so that an item stays small. */
  static final int MAX_HOST_BYTES = 64;

  /** Records between two looks for what is decided. */
  private static final int DECIDE_EVERY = 64;

  private static final long MILLIS = Duration.ofSeconds(1).toMillis();

  private final FanOutSettings settings;
  private final String application;
  private final FactLines lines;
  private final ShardStates states;
  private final AlertPut put;
  private final Attempts attempts;
  private final InstantSource clock;

  AlertsMode(
      FanOutSettings settings,
      String application,
      LineWork work,
      ShardStates states,
      AlertPut put,
      Attempts attempts,
      InstantSource clock) {
    this.settings = settings;
    this.application = application;
    lines = new FactLines(work);
    this.states = states;
    this.put = put;
    this.attempts = attempts;
    this.clock = clock;
  }

  /**
   * With a table and a topic.
   *
   * @param settings bounded by {@link AlertBounds}
   */
  public static AlertsMode open(
      FanOutSettings settings,
      String application,
      LineWork work,
      DynamoDbClient dynamoDb,
      String table,
      SnsClient sns,
      String topicArn,
      Attempts attempts,
      InstantSource clock) {
    return new AlertsMode(
        settings,
        application,
        work,
        new DynamoShardStates(dynamoDb, table, clock),
        new SnsAlerts(sns, topicArn),
        attempts,
        clock);
  }

  @Override
  public Done process(StreamBatch batch, TimeLeft time, InvocationLine line) {
    var shard = new ShardKey(application, batch.stream(), batch.shardId());
    lines.begin();
    ShardDesk desk;
    try {
      desk = ShardDesk.open(shard, states, put, attempts, time);
    } catch (NotSentException away) {
      return Done.troubled(0, Books.NONE, away);
    }
    var run = new Run(batch, shard, desk);
    try {
      return run.process(time);
    } catch (NotSentException away) {
      return Done.troubled(run.certain, run.certainBooks, away);
    } finally {
      run.tell(line);
    }
  }

  /** One batch. */
  private final class Run {
    private final StreamBatch batch;
    private final ShardKey shard;
    private final ShardDesk desk;
    private final AlertDecider<Integer> decider;
    private final AlertSource<Integer> source;
    private final List<AlertMessage> decided = new ArrayList<>();
    private final boolean begunAnew;
    private String last;
    private long repeated;
    private long longHosts;

    /** What is done whatever comes, and what has to come again starts behind it. */
    private int certain;

    private Books certainBooks = Books.NONE;

    Run(StreamBatch batch, ShardKey shard, ShardDesk desk) {
      this.batch = batch;
      this.shard = shard;
      this.desk = desk;
      last = desk.state().lastSequenceNumber();
      byte[] saved = desk.state().decider();
      AlertDecider<Integer> resumed = newDecider();
      AlertSource<Integer> open = saved.length == 0 ? null : resumed(resumed, saved);
      begunAnew = open == null && saved.length > 0;
      decider = open == null ? newDecider() : resumed;
      source = open == null ? decider.open() : open;
    }

    private AlertDecider<Integer> newDecider() {
      return new AlertDecider<>(settings, clock, Duration.ZERO);
    }

    /** Null when another version has written the state; nothing of it is used then. */
    private static AlertSource<Integer> resumed(AlertDecider<Integer> decider, byte[] saved) {
      try {
        return decider.resume(saved);
      } catch (IllegalArgumentException otherVersion) {
        return null;
      }
    }

    Done process(TimeLeft time) throws NotSentException {
      desk.tell(); // what the invocation before has left
      int records = 0;
      for (StreamRecord record : batch.records()) {
        if (time.isShort()) {
          break;
        }
        count(record);
        records++;
        if (records % DECIDE_EVERY == 0) {
          decide();
          if (decided.size() >= ShardDesk.MAX_UNSENT) {
            store(records);
          }
        }
      }
      decide();
      if (!last.equals(desk.state().lastSequenceNumber())) {
        store(records);
      }
      return Done.of(records, lines.books());
    }

    private void count(StreamRecord record) {
      if (!record.isBehind(last)) {
        repeated++;
        return;
      }
      long arrival = Math.floorDiv(record.arrivalMillis(), MILLIS);
      lines.read(batch, record, facts -> decider.count(source, withShortHost(facts), arrival, 0));
      last = record.sequenceNumber();
    }

    private LineFacts withShortHost(LineFacts facts) {
      if (facts.host() == null
          || facts.host().getBytes(StandardCharsets.UTF_8).length <= MAX_HOST_BYTES) {
        return facts;
      }
      longHosts++;
      return new LineFacts(
          facts.epochSeconds(),
          facts.status(),
          facts.anomalous(),
          null,
          facts.country(),
          facts.page(),
          facts.device());
    }

    private void decide() {
      for (Alert alert : decider.decide()) {
        decided.add(AlertMessage.of(alert, shard));
      }
      decider.sent();
    }

    /** Behind so many records. What is not told comes again with the last of them. */
    private void store(int records) throws NotSentException {
      desk.store(last, decider.save(source), decided);
      decided.clear();
      certain = records - 1;
      certainBooks = lines.books();
      desk.tell();
      certain = records;
    }

    void tell(InvocationLine line) {
      line.count("alerts_told", desk.told());
      line.count("records_repeated", repeated);
      line.count("lines_late", decider.lateLines());
      line.count("lines_ahead", decider.aheadLines());
      line.count("hosts_not_counted", decider.notRemembered() + longHosts);
      line.count("state_begun_anew", begunAnew ? 1 : 0);
      line.count("corrupt_aggregates", lines.takeCorruptAggregates());
    }
  }
}
