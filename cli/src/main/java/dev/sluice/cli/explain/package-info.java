/** {@code ./sluice explain}: what each stage saw and decided about one line. */
package dev.sluice.cli.explain;
