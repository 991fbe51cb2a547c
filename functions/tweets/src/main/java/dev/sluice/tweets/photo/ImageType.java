package dev.sluice.tweets.photo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Images that are taken. SVG is none of them: it can hold scripts. */
public enum ImageType {
  JPEG("image/jpeg", "jpg"),
  PNG("image/png", "png"),
  GIF("image/gif", "gif"),
  WEBP("image/webp", "webp");

  private static final byte[] JPEG_MAGIC = latin1("\u00FF\u00D8\u00FF");
  private static final byte[] PNG_MAGIC = latin1("\u0089PNG\r\n\32\n");
  private static final byte[] GIF_87 = latin1("GIF87a");
  private static final byte[] GIF_89 = latin1("GIF89a");
  private static final byte[] RIFF = latin1("RIFF");
  private static final byte[] RIFF_WEBP = latin1("WEBP");
  private static final int RIFF_FORM = 8;

  private final String contentType;
  private final String extension;

  ImageType(String contentType, String extension) {
    this.contentType = contentType;
    this.extension = extension;
  }

  public String contentType() {
    return contentType;
  }

  /** Of the object's key. */
  public String extension() {
    return extension;
  }

  /**
   * The type of a header such as {@code image/jpeg; charset=binary}.
   *
   * @param header null when there is none
   */
  static Optional<ImageType> of(String header) {
    if (header == null) {
      return Optional.empty();
    }
    int end = header.indexOf(';');
    String name = (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(type -> type.contentType.equals(name)).findFirst();
  }

  /** Whether bytes begin as this image does. */
  boolean isBeginningOf(byte[] bytes) {
    return switch (this) {
      case JPEG -> holds(bytes, 0, JPEG_MAGIC);
      case PNG -> holds(bytes, 0, PNG_MAGIC);
      case GIF -> holds(bytes, 0, GIF_87) || holds(bytes, 0, GIF_89);
      case WEBP -> holds(bytes, 0, RIFF) && holds(bytes, RIFF_FORM, RIFF_WEBP);
    };
  }

  private static boolean holds(byte[] bytes, int at, byte[] magic) {
    return bytes.length >= at + magic.length
        && Arrays.equals(bytes, at, at + magic.length, magic, 0, magic.length);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
