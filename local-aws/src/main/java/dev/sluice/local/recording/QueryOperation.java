package dev.sluice.local.recording;

import dev.sluice.local.ServiceError;

/** One operation of a service. */
@FunctionalInterface
interface QueryOperation {
  /**
   * Runs it.
   *
   * @return the members of the result in XML; null for an operation without one
   * @throws ServiceError an answer that is an error
   */
  String run(QueryInput input);
}
