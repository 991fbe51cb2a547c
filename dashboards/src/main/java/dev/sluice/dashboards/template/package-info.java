/** From constructs of the CDK to a CloudFormation template that deploys by itself. */
package dev.sluice.dashboards.template;
