package dev.sluice.registrations;

import java.util.List;
import java.util.Set;

/** The customers in DynamoDB. */
interface CustomerItems {

  /**
   * Puts customers in place of those with the same key.
   *
   * @param customers no key twice
   * @return keys of those that were not taken, after all attempts
   * @throws RuntimeException when nobody can say which were taken
   */
  Set<Long> put(List<Registration> customers);
}
