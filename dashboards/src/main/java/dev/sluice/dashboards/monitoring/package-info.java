/** The stack of dashboard, alarms and saved queries, and its parameters. */
package dev.sluice.dashboards.monitoring;
