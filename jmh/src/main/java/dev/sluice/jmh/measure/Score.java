package dev.sluice.jmh.measure;

/**
 * What one run has measured.
 *
 * @param perSecond operations (lines or user agents) by second of processor time, median of the
 *     iterations: what one core does, however busy the machine is
 * @param perElapsedSecond the same by second on the clock
 * @param bytesPerSecond bytes of input by second of processor time, or 0 where they are not counted
 * @param allocatedBytes bytes allocated an operation
 */
public record Score(
    double perSecond, double perElapsedSecond, double bytesPerSecond, double allocatedBytes) {}
