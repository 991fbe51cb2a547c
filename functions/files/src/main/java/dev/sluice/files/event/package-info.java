/** What S3 tells of uploads and deletions, by whichever way it comes. */
package dev.sluice.files.event;
