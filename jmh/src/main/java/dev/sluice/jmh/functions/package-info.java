/** The function behind a Kinesis stream, and what it is measured on. */
package dev.sluice.jmh.functions;
