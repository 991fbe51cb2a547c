/** The files function on whole logs, in a process and a heap of its own. */
package dev.sluice.jmh.files;
