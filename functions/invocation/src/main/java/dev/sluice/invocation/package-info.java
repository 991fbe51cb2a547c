/** What every function that an event source mapping invokes owes its caller and its operator. */
package dev.sluice.invocation;
