/** Who is told what became of a file. */
package dev.sluice.files.notice;
