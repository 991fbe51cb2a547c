/** The dashboard: rows of widgets, each row as wide as the grid. */
package dev.sluice.dashboards.widgets;
