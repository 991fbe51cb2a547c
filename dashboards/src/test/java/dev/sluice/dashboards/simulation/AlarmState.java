package dev.sluice.dashboards.simulation;

/** States of an alarm, in CloudWatch's words. */
public enum AlarmState {
  OK,
  ALARM,
  INSUFFICIENT_DATA
}
