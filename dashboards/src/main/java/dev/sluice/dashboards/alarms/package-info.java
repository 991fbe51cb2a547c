/** The alarms: what each one watches, when it rings, what it means and what to do. */
package dev.sluice.dashboards.alarms;
