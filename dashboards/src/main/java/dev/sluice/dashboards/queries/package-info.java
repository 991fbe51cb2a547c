/** The saved queries of Logs Insights. */
package dev.sluice.dashboards.queries;
