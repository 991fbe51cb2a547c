package dev.sluice.enricher.useragent;

/**
 * What uap-java's {@code Parser.parse} says about a user agent.
 *
 * @param device family of the device, {@code Other} when not recognised
 */
public record ParsedUserAgent(Product browser, Product os, String device) {
  /** Nothing recognised. */
  static final ParsedUserAgent NOTHING =
      new ParsedUserAgent(Product.OTHER, Product.OTHER, Product.OTHER.family());
}
