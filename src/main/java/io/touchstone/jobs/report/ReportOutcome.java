package io.touchstone.jobs.report;

import io.touchstone.selection.report.Report;

/**
 * A report that was written.
 *
 * @param page where it can be opened
 */
public record ReportOutcome(Report report, String page) {}
