package dev.sluice.enricher.geo;

import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;

/**
 * Whose network an address is in, as far as the database knows.
 *
 * @param number the autonomous system's number (RFC 6793), 0 to 4,294,967,295, or null
 * @param organization who runs it; null, never empty, when unknown
 */
public record AutonomousSystem(
    @MaxMindDbParameter(name = "autonomous_system_number") Long number,
    @MaxMindDbParameter(name = "autonomous_system_organization") String organization) {
  /** Nothing is known about the address. */
  public static final AutonomousSystem UNKNOWN = new AutonomousSystem(null, null);

  @MaxMindDbConstructor
  public AutonomousSystem {
    organization = organization == null || organization.isEmpty() ? null : organization;
  }
}
