/**
 * Notifications of buckets: what is put into the local S3, or deleted, is told to a function or a
 * queue as S3 tells it: at least once, and in no order that anybody may rely on.
 */
package dev.sluice.local.notification;
