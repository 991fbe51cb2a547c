/** Stores tweets out of a Kinesis stream in DynamoDB, and their photos in S3. */
package dev.sluice.tweets;
