/** Counts changes of DynamoDB items in tumbling windows, and stores each window's result. */
package dev.sluice.windows;
