/**
 * What the documents say is so: links lead somewhere, commands run and exist, names are those of
 * the code. Each check takes pages as values, so that a test can show it a wrong one.
 */
package dev.sluice.cli.documents;
