package dev.sluice.enricher;

/**
 * A stage on the way of a line, from the parser to the writer: looks at what is known about the
 * line and adds to it, or writes it.
 *
 * <p>All stages are called from one place. HotSpot compiles a call with many receivers as a call,
 * and so each stage by itself. As one method, the whole way of a line is more than its inliner
 * takes ({@code NodeCountInliningCutoff}), and what stays without inlining then is not what is rare
 * but what comes last.
 */
abstract class LineStage {
  abstract void run(EnrichedLine line);
}
