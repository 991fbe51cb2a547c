/** Registers customers out of SQS in DynamoDB and MySQL, in both or neither in the end. */
package dev.sluice.registrations;
