/** Objects that are written while their content still comes. */
package dev.sluice.files.output;
