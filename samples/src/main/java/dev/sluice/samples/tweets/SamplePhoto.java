package dev.sluice.samples.tweets;

import dev.sluice.samples.Dice;
import java.nio.charset.StandardCharsets;

/**
 * A photo of a sample tweet. Its bytes begin as the image type has it and go on with noise, so that
 * they look like an image to whoever looks at the first bytes; no viewer shows them.
 *
 * @param mediaId of the API
 * @param url where it is fetched
 * @param fileName the last part of the URL, with the extension of its type
 */
public record SamplePhoto(String mediaId, String url, String fileName) {
  static final String[] EXTENSIONS = {"jpg", "jpg", "jpg", "jpg", "png", "gif", "webp"};

  private static final int MIN_BYTES = 200;
  private static final int MAX_BYTES = 4_000;

  public String extension() {
    return fileName.substring(fileName.lastIndexOf('.') + 1);
  }

  public String contentType() {
    String extension = extension();
    return "image/" + (extension.equals("jpg") ? "jpeg" : extension);
  }

  /** What the server of the photos answers for it; always the same. */
  public byte[] bytes() {
    return bytes(fileName);
  }

  /** The bytes of the photo with this file name, which need not be a photo of any tweet. */
  public static byte[] bytes(String fileName) {
    var noise = new Dice(fileName.hashCode());
    var bytes = new byte[noise.between(MIN_BYTES, MAX_BYTES)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) noise.below(256);
    }
    byte[] magic = magic(fileName.substring(fileName.lastIndexOf('.') + 1));
    System.arraycopy(magic, 0, bytes, 0, magic.length);
    return bytes;
  }

  private static byte[] magic(String extension) {
    return switch (extension) {
      case "jpg" -> latin1("\u00FF\u00D8\u00FF\u00E0\0\20JFIF\0");
      case "png" -> latin1("\u0089PNG\r\n\32\n\0\0\0\15IHDR");
      case "gif" -> latin1("GIF89a");
      case "webp" -> latin1("RIFF\0\1\0\0WEBPVP8 ");
      default -> throw new IllegalArgumentException("no image type: " + extension);
    };
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
