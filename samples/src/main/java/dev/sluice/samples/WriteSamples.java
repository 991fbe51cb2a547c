package dev.sluice.samples;

import dev.sluice.samples.tweets.SyntheticTweets;
import dev.sluice.samples.tweets.TweetOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/** Command that writes the committed samples, or a database of full size for benchmarks. */
public final class WriteSamples {
  static final String ACCESS_LOG = "access.log.gz";
  static final String TWEETS = "tweets.jsonl.gz";
  static final String GEO = "geo.mmdb";
  static final String ASN = "asn.mmdb";
  static final long SEED = 1;
  static final int LINES = 20_000;
  static final int TWEET_COUNT = 500;

  private static final int OK = 0;
  private static final int CANNOT_RUN = 1;
  private static final int USAGE_ERROR = 2;

  private static final String HELP =
      """
      Usage: WriteSamples DIR
             WriteSamples --full-size FILE

      Writes the samples, the same ones every time:
        DIR/access.log.gz    20,000 lines of a synthetic access log
        DIR/tweets.jsonl.gz  a stream of 500 tweets, with duplicates, deletes and control messages
        DIR/geo.mmdb         a City database that locates their addresses
        DIR/asn.mmdb         an ASN database that says whose networks they are in

      Options:
        --full-size FILE     write a City database of about 50 MB with 100,000 invented cities, for benchmarks
        --help               show this text

      Example:
        java -cp samples/target/classes dev.sluice.samples.WriteSamples samples
      """;

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private WriteSamples() {}

  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  /**
   * Does what the arguments say and returns the exit code: 0, 1 when a file cannot be written, 2
   * for wrong usage.
   */
  static int run(String[] args, PrintStream out, PrintStream err) {
    if (args.length == 1 && args[0].equals("--help")) {
      out.print(HELP);
      return OK;
    }
    try {
      if (args.length == 1 && !args[0].startsWith("-")) {
        writeSamples(Path.of(args[0]), out);
        return OK;
      }
      if (args.length == 2 && args[0].equals("--full-size")) {
        write(Path.of(args[1]), FullSizeGeo::writeTo, out);
        return OK;
      }
    } catch (IOException unwritable) {
      err.println("WriteSamples: " + reason(unwritable));
      return CANNOT_RUN;
    }
    err.println("WriteSamples: " + usageProblem(args) + " (--help shows the usage)");
    return USAGE_ERROR;
  }

  private static String reason(IOException unwritable) {
    String message = unwritable.getMessage();
    if (unwritable instanceof FileAlreadyExistsException) {
      return "not a directory: " + message;
    }
    if (unwritable instanceof NoSuchFileException) {
      return "no such directory for " + message;
    }
    return unwritable instanceof AccessDeniedException
        ? "no permission to write " + message
        : "cannot write: " + message;
  }

  private static String usageProblem(String[] args) {
    if (args.length == 0) {
      return "the directory to write to is missing";
    }
    if (args[0].equals("--full-size")) {
      return args.length == 1 ? "--full-size needs a file" : "--full-size takes one file";
    }
    return args[0].startsWith("-")
        ? "unknown option " + args[0]
        : "one directory is expected, not " + args.length;
  }

  private static void writeSamples(Path directory, PrintStream out) throws IOException {
    Files.createDirectories(directory);
    write(directory.resolve(ACCESS_LOG), WriteSamples::writeAccessLog, out);
    write(directory.resolve(TWEETS), WriteSamples::writeTweets, out);
    write(directory.resolve(GEO), file -> new SampleGeo().writeTo(file, SampleGeo.metadata()), out);
    write(directory.resolve(ASN), new SampleAsn()::writeTo, out);
  }

  private static void writeAccessLog(OutputStream out) throws IOException {
    var gzip = new GZIPOutputStream(out); // writes no time into its header
    new SyntheticAccessLog(SEED).writeTo(gzip, LINES);
    gzip.finish();
  }

  private static void writeTweets(OutputStream out) throws IOException {
    var gzip = new GZIPOutputStream(out);
    SyntheticTweets.of(SEED, TWEET_COUNT, TweetOptions.defaults()).writeTo(gzip);
    gzip.finish();
  }

  /** A reader never sees half a file: it gets its name when it is complete. */
  private static void write(Path file, Content content, PrintStream out) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (var stream = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
        content.writeTo(stream);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    out.println(file + ": " + Files.size(file) + " bytes");
  }
}
