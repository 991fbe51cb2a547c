package dev.sluice.enricher.useragent;

/**
 * A browser or an operating system as uap-java names it; a part that is not known is null.
 *
 * @param family never null, {@code Other} when not recognised
 * @param patchMinor always null for a browser
 */
public record Product(String family, String major, String minor, String patch, String patchMinor) {
  static final Product OTHER = new Product("Other", null, null, null, null);

  public boolean isRecognised() {
    return !family.equals(OTHER.family);
  }

  /**
   * Version numbers between dots, such as {@code 17.1.2}, up to the first that is not known; null
   * when the major one is not. ECS: {@code user_agent.version}, {@code user_agent.os.version}.
   */
  public String version() {
    if (isAbsent(major)) {
      return null;
    }
    var version = new StringBuilder(major);
    for (String part : new String[] {minor, patch, patchMinor}) {
      if (isAbsent(part)) {
        break;
      }
      version.append('.').append(part);
    }
    return version.toString();
  }

  /** Family and version, such as {@code Mac OS X 10.15.7}. ECS: {@code user_agent.os.full}. */
  public String full() {
    String version = version();
    return version == null ? family : family + ' ' + version;
  }

  private static boolean isAbsent(String part) {
    return part == null || part.isEmpty();
  }
}
