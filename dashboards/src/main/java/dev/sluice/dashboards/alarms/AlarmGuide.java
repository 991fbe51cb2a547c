package dev.sluice.dashboards.alarms;

import java.util.Locale;

/**
 * What an alarm means and what to do about it: the one source of the alarms' descriptions and of
 * the sections of docs/operate.md. {@code action} is for the moment, {@code cause} for whoever goes
 * on reading.
 */
public enum AlarmGuide {
  ERROR_RATE(
      Urgency.PAGE,
      "Function errors",
      "More than 1 % of the invocations fail.",
      "A setting, a permission or a package that a deployment changed; a table, bucket, queue or"
          + " database that does not answer; memory that is too small.",
      "Run the saved query errors-by-reason; undo the last deployment if it began there. Failed"
          + " batches come again, so nothing is lost before retries or retention end."),
  RECORD_FAILURES(
      Urgency.PAGE,
      "Failed records",
      "More than 1 % of the records fail, while invocations may all succeed.",
      "Input that has changed its form; a store that refuses records; too little time, so that"
          + " records come again. A Firehose function that fails every record has no error.",
      "Run rejects-by-reason and errors-by-reason. For a new form of lines set LOG_FORMAT; failed"
          + " records lie in processing-failed/ (Firehose) or in the queues, for a redrive."),
  TIME_LEFT(
      Urgency.NOTICE,
      "Close to the time-out",
      "The slowest hundredth of the invocations ends less than the buffer before the time-out.",
      "Larger batches, a slow store or look-up, cold starts with a large database, too little memory"
          + " (which is CPU, too).",
      "Look at duration and cold-starts; give more memory, a smaller batch or a longer time-out."
          + " After a time-out the whole batch comes again."),
  THROTTLES(
      Urgency.NOTICE,
      "Function throttled",
      "Lambda refused an invocation for want of concurrency.",
      "The reserved concurrency of the function, or that of the account, is used up.",
      "Raise the reserved concurrency or the account's quota. Streams and queues wait meanwhile and"
          + " nothing is lost; see iterator age."),
  ITERATOR_AGE(
      Urgency.PAGE,
      "Stream function behind",
      "The function's newest batch was more than a minute old when it got it.",
      "A batch that fails again and again, throttles, too few shards or parallel batches for the"
          + " traffic, slow stores.",
      "If its error alarm rings too, begin there. Otherwise raise ParallelizationFactor or batch"
          + " size, or split shards."),
  RETENTION_DANGER(
      Urgency.PAGE,
      "Data about to expire",
      "The reader is behind by more than half of the stream's retention; what is older is gone for"
          + " ever.",
      "A reader that stood still for hours, or that is too slow for days.",
      "First raise the retention (aws kinesis increase-stream-retention-period; that of DynamoDB"
          + " streams is fixed). Then make the reader go."),
  DEAD_LETTERS(
      Urgency.NOTICE,
      "Dead letters",
      "The queue is not empty: something was given up and waits for a person.",
      "Input that nobody can read, or a store that was away for longer than the retries.",
      "Read one message, it says why. When the cause is gone, redrive (./sluice redrive, or"
          + " StartMessageMoveTask); delete what stays unreadable."),
  QUEUE_AGE(
      Urgency.PAGE,
      "Queue waits",
      "The oldest message waits for more than 10 minutes.",
      "The function fails, is throttled, or its event source mapping is off.",
      "Look at the function's alarms, then at the mapping's state (aws lambda"
          + " list-event-source-mappings)."),
  WRITES_THROTTLED(
      Urgency.NOTICE,
      "Writes to the stream throttled",
      "The stream refuses records in three of five minutes.",
      "More traffic than the shards take (1 MiB/s and 1,000 records/s each), or a hot partition key.",
      "Add shards (aws kinesis update-shard-count) or take a random partition key. Producers that"
          + " send failed entries again, as ours do, lose nothing."),
  READS_THROTTLED(
      Urgency.NOTICE,
      "Reads of the stream throttled",
      "Kinesis refuses reads in three of five minutes.",
      "Too many polling readers on a stream: they share 2 MiB/s and 5 calls a second of a shard.",
      "Let the consumer use fan-out, give functions a dedicated consumer, or add shards."),
  CONSUMER_LAG(
      Urgency.PAGE,
      "Consumer behind",
      "The consumer reads more than a minute behind the tip of the stream.",
      "Too few workers or too little CPU, a sink that is slow, a worker that was lost, a burst.",
      "Look at the rows consumer and streams: with waits for commits grown too it is the sink,"
          + " otherwise add tasks (one for every few shards) and then shards."),
  CONSUMER_SILENT(
      Urgency.PAGE,
      "Consumer silent",
      "For 5 minutes no worker has taken a batch, not even an empty one, which even an idle stream"
          + " brings.",
      "All workers are dead or restart again and again (exit code 2: settings, 1: a permission or a"
          + " missing resource), or CLOUDWATCH_METRICS is off.",
      "Read the last lines of the consumer's log and the stopped tasks' exit code; start it again."
          + " It goes on at its checkpoints, nothing is lost before the retention ends."),
  COMMIT_LATE(
      Urgency.PAGE,
      "Records wait for their commit",
      "A record waits for more than 5 minutes for its place in S3 or in another sink.",
      "The bucket, queue or stream behind the consumer does not take anything, or refuses.",
      "Look at sink retries and at the consumer's warnings (query consumer-warnings); mend the sink's"
          + " permission or quota. The consumer goes on by itself."),
  SHARD_ABANDONED(
      Urgency.PAGE,
      "Shard given up",
      "A worker gave a shard up without a checkpoint and ended; the next owner reads from the last"
          + " checkpoint.",
      "A sink that refused for good, a lost permission, memory that ran out, or a defect.",
      "Read the line \"given up without a checkpoint\" in the consumer's log, it has the cause. If it"
          + " rings again, the same shard fails again: mend the cause."),
  LINES_REJECTED(
      Urgency.NOTICE,
      "Rejected lines",
      "More than 1 % of the lines are rejected.",
      "The web server's log format has changed, or something else writes into the stream.",
      "Run rejects-by-reason, take a rejected line and ask ./sluice explain; set LOG_FORMAT and"
          + " redrive the rejects."),
  KPL_RECORDS(
      Urgency.NOTICE,
      "Aggregates of the KPL left out",
      "Records of an aggregate lay outside of the shard and were left out.",
      "A reshard while a producer aggregates. The KPL sends them again, other producers do not.",
      "If the producer is not the KPL, give each aggregate one partition key and replay the time"
          + " around the reshard."),
  GEOIP_AGE(
      Urgency.NOTICE,
      "GeoIP database old",
      "The database was built more than 25 days ago; MaxMind's licence asks for updates within 30.",
      "The download that replaces the file has failed, or nobody made one.",
      "Put the new database in its place; it is opened while lines flow."),
  CONSUMER_MEMORY(
      Urgency.NOTICE,
      "Consumer short of memory",
      "The consumer's tasks use more than 90 % of their memory.",
      "More shards on a task than its memory is made for, or larger records.",
      "Give the task more memory, or run more tasks (docs/scaling.md has the figures)."),
  TABLE_THROTTLED(
      Urgency.NOTICE,
      "Table throttled",
      "DynamoDB refuses calls to the table in three of five minutes.",
      "Provisioned capacity that is too small, or a hot key.",
      "Switch the table to on-demand or raise its capacity. Calls are tried again meanwhile."),
  DELIVERY_LATE(
      Urgency.PAGE,
      "Firehose delivers late",
      "The oldest record in Firehose is more than 15 minutes old, longer than any buffer.",
      "The bucket, its key or the role refuses; the function fails or is too slow.",
      "Look at the delivery stream's error log and at the function's alarms. Firehose tries for 24"
          + " hours, then data is lost."),
  DELIVERY_FAILS(
      Urgency.PAGE,
      "Firehose cannot deliver",
      "More than 1 % of Firehose's puts into S3 fail.",
      "A bucket policy, a key of KMS or a role that has changed.",
      "Read the error log of the delivery stream (S3Delivery) and give back the permission."),
  TRANSFORM_FAILS(
      Urgency.PAGE,
      "Firehose cannot transform",
      "More than 1 % of Firehose's calls of the function fail.",
      "The function fails or is throttled, runs out of time, or answers more than 6 MB.",
      "See the function's alarms. After its retries Firehose writes the batch to processing-failed/;"
          + " send it again from there."),
  FIREHOSE_THROTTLED(
      Urgency.NOTICE,
      "Firehose throttled",
      "Firehose refuses records, since the stream's limit is reached.",
      "More traffic than the delivery stream's quota (bytes, records or calls a second).",
      "Ask for a higher quota, or send through a Kinesis stream. Producers have to try again."),
  FIREHOSE_BEHIND(
      Urgency.PAGE,
      "Firehose behind its stream",
      "Firehose reads more than a minute behind the tip of its Kinesis stream.",
      "Throttled reads, or a delivery that cannot keep up.",
      "See the alarms of the stream and of Firehose; add shards when reads are throttled."),
  PARTITIONS(
      Urgency.NOTICE,
      "Too many partitions",
      "Firehose has more active partitions than its limit; records go to the error prefix.",
      "MAX_PARTITIONS times the functions that run at once is above the stream's limit (500).",
      "Lower MAX_PARTITIONS, take fewer PARTITION_KEYS, or ask for a higher limit."),
  DATABASE_STORAGE(
      Urgency.NOTICE,
      "Database nearly full",
      "The database has less than 2 GiB left.",
      "More customers, or binary logs that are kept for long.",
      "Enlarge the storage; without any, MySQL stops and registrations wait in their queue."),
  DATABASE_CPU(
      Urgency.NOTICE,
      "Database busy",
      "The database uses more than 90 % of its CPU for 15 minutes.",
      "A larger load than the instance is made for, or somebody's long query.",
      "Look at Performance Insights; take a larger instance."),
  WEB_UNHEALTHY(
      Urgency.PAGE,
      "Web application down",
      "The load balancer finds a task of the web application unhealthy for 3 minutes.",
      "The task does not start (settings, image, permission) or has no memory left.",
      "Read the task's log and its stopped reason; undo the last deployment."),
  DEPLOYING(
      Urgency.QUIET,
      "Deployment in progress",
      "A deployment has said within the last 10 minutes that it is going on; pages are kept quiet.",
      "Whoever deploys sends the metric DeployInProgress.",
      "Nothing. It ends by itself; a page that rings then is real.");

  /** Who hears of it. */
  public enum Urgency {
    /** The composite alarm rings. */
    PAGE,
    /** The alarm itself tells the same people, without haste. */
    NOTICE,
    /** Nobody is told. */
    QUIET
  }

  private final Urgency urgency;
  private final String title;
  private final String meaning;
  private final String cause;
  private final String action;

  AlarmGuide(Urgency urgency, String title, String meaning, String cause, String action) {
    this.urgency = urgency;
    this.title = title;
    this.meaning = meaning;
    this.cause = cause;
    this.action = action;
  }

  public Urgency urgency() {
    return urgency;
  }

  /** Heading of its section. */
  public String title() {
    return title;
  }

  public String meaning() {
    return meaning;
  }

  public String cause() {
    return cause;
  }

  /** What to do. */
  public String action() {
    return action;
  }

  /** Of its section, as GitHub makes it of the heading. */
  public String anchor() {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
  }
}
