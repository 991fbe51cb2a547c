package dev.sluice.consumer.audit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Counts the lines of gzipped objects as they stream by, so that their size does not matter. */
final class ObjectLines {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final S3Client s3;
  private final String bucket;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  ObjectLines(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** An object that cannot be counted. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String why) {
      super(why);
    }
  }

  /**
   * @return nothing if there is no such object
   * @throws Unreadable if it is not whole gzip, or its last line has no end
   */
  OptionalLong count(String key) throws Unreadable {
    try (InputStream object = s3.getObject(r -> r.bucket(bucket).key(key));
        var in = new GZIPInputStream(new BufferedInputStream(object, BUFFER_BYTES))) {
      long lines = 0;
      byte last = '\n';
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          if (buffer[i] == '\n') {
            lines++;
          }
        }
        last = buffer[read - 1];
      }
      if (last != '\n') {
        throw new Unreadable("its last line has no end");
      }
      return OptionalLong.of(lines);
    } catch (NoSuchKeyException e) {
      return OptionalLong.empty();
    } catch (ZipException | java.io.EOFException e) {
      throw new Unreadable("it is not whole gzip");
    } catch (IOException e) {
      throw new Unreadable("it cannot be read: " + e.getMessage());
    }
  }
}
