package dev.sluice.local.firehose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One operation of the API: checks its input, acts, and answers or throws a ServiceError. */
@FunctionalInterface
interface Operation {
  ObjectNode run(JsonNode input);
}
