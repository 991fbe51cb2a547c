package dev.sluice.enricher.geo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/**
 * What shows that a file is another one than before: a new content has a new time, a new size or,
 * after a rename, a new key. Links are followed.
 *
 * @param key the file's identity in its file system; null where there is none
 */
record FileStamp(FileTime modified, long size, Object key) {
  /** No file, or none that can be looked at. */
  private static final FileStamp NONE = new FileStamp(FileTime.fromMillis(0), -1, null);

  FileStamp {
    Objects.requireNonNull(modified, "modified");
  }

  static FileStamp of(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileStamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return NONE;
    }
  }

  /** By hand: the way a record has by itself makes dozens of classes at its first use. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FileStamp stamp
        && size == stamp.size
        && modified.equals(stamp.modified)
        && Objects.equals(key, stamp.key);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(size) + 31 * modified.hashCode();
  }
}
