package dev.sluice.enricher.useragent;

/**
 * A browser or an operating system as uap-java names it; a part that is not known is null.
 *
 * @param family never null, {@code Other} when not recognised
 * @param patchMinor always null for a browser
 */
public record Product(String family, String major, String minor, String patch, String patchMinor) {
  static final Product OTHER = new Product("Other", null, null, null, null);
}
