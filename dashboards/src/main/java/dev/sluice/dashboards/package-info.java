/** Dashboard, alarms and saved queries of CloudWatch, as code. */
package dev.sluice.dashboards;
