/** What became of an upload. */
package dev.sluice.files.report;
