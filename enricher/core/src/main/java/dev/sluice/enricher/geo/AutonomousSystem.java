package dev.sluice.enricher.geo;

/**
 * Whose network an address is in, as far as the database knows.
 *
 * @param number the autonomous system's number (RFC 6793), 0 to 4,294,967,295, or null
 * @param organization who runs it; null, never empty, when unknown
 */
public record AutonomousSystem(Long number, String organization) {
  /** Nothing is known about the address. */
  public static final AutonomousSystem UNKNOWN = new AutonomousSystem(null, null);

  public AutonomousSystem {
    organization = organization == null || organization.isEmpty() ? null : organization;
  }
}
