/**
 * What CloudFormation and CloudWatch make of a committed template, as far as these tests need it:
 * parameters, conditions and functions; metric math, alarms, composite alarms with a suppressor.
 * Each rule names AWS's page.
 */
package dev.sluice.dashboards.simulation;
