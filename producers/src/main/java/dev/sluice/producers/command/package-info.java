/** The {@code replay} command line, mounted by the cli module. */
package dev.sluice.producers.command;
