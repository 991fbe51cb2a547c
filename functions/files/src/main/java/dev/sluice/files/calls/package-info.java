/** Calls to AWS, and what their failures mean. */
package dev.sluice.files.calls;
