package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;

/**
 * One operation of the API: checks its input, acts, and answers or throws a {@link ServiceError}.
 */
@FunctionalInterface
interface Operation {
  Answer run(Input input);
}
