/**
 * What alerts and metrics decide, from enriched lines. Event time comes from the lines, the clock
 * through constructors; nothing here sends, waits or logs. Whoever sends keeps his place in the
 * stream at or before the oldest line that is still undecided: {@link dev.sluice.fanout.Holds}.
 */
package dev.sluice.fanout;
