/** What the lines of a log file have in common: counts of names and of times, in bounded memory. */
package dev.sluice.files.summary;
