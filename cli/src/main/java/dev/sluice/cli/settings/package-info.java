/** Settings of commands that run the enricher: a file, single keys and options, all as one. */
package dev.sluice.cli.settings;
