package dev.sluice.files.tracing;

import java.util.Optional;

/**
 * Makes an invocation and its steps visible as spans. No span ever holds content of a file. Not
 * thread-safe.
 */
public interface Tracing {
  /** Makes nothing. */
  Tracing OFF =
      new Tracing() {
        @Override
        public TracedStep invocation(String requestId, boolean coldStart) {
          return TracedStep.UNTRACED;
        }

        @Override
        public TracedStep step(String name) {
          return TracedStep.UNTRACED;
        }

        @Override
        public Optional<String> trouble() {
          return Optional.empty();
        }
      };

  /** Begins an invocation; steps that begin before it is closed are parts of it. */
  TracedStep invocation(String requestId, boolean coldStart);

  /** Begins a step: {@code get}, {@code enrich}, {@code put} or {@code notify}. */
  TracedStep step(String name);

  /** Why spans go nowhere, as far as the steps until now tell; empty when all is well. */
  Optional<String> trouble();
}
