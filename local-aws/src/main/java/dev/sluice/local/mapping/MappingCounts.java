package dev.sluice.local.mapping;

/**
 * The books of a mapping. Of a stream, received = succeeded + discarded when nothing waits; a
 * message of a queue is received as often as it comes.
 *
 * @param received records or messages that came
 * @param invocations of the function, repeated ones included
 * @param failures answers after which something came again: errors and reported items
 * @param succeeded records that are done, messages that are deleted
 * @param returned records or messages that came again, as often as they did
 * @param bisections failed batches that were halved
 * @param discarded records given up
 * @param windowsEnded windows that were ended at their time
 * @param windowsTerminatedEarly ends of windows for the size of their state
 */
public record MappingCounts(
    long received,
    long invocations,
    long failures,
    long succeeded,
    long returned,
    long bisections,
    long discarded,
    long windowsEnded,
    long windowsTerminatedEarly) {

  static final MappingCounts NONE = new MappingCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);

  MappingCounts plus(MappingCounts more) {
    return new MappingCounts(
        received + more.received,
        invocations + more.invocations,
        failures + more.failures,
        succeeded + more.succeeded,
        returned + more.returned,
        bisections + more.bisections,
        discarded + more.discarded,
        windowsEnded + more.windowsEnded,
        windowsTerminatedEarly + more.windowsTerminatedEarly);
  }
}
