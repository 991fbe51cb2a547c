/**
 * The stacks that run Sluice on AWS, and what is needed to deploy and to remove them: programs of
 * the CDK from which the committed templates are made.
 */
package dev.sluice.deploy;
