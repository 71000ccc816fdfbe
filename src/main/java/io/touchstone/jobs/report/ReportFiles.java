package io.touchstone.jobs.report;

import io.touchstone.files.JsonFile;
import io.touchstone.files.ResultNames;
import io.touchstone.files.WholeFile;
import io.touchstone.selection.report.Report;
import io.touchstone.selection.report.ReportPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A report on disk: a page for people, and the same figures for programs. */
final class ReportFiles {
  private ReportFiles() {}

  static void write(Path folder, Report report, Configuration hadoop) throws IOException {
    byte[] page = ReportPage.of(report).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(new Path(folder, ResultNames.REPORT_FIGURES), JsonFile.bytes(report), hadoop);
    WholeFile.write(new Path(folder, ResultNames.REPORT_PAGE), page, hadoop);
  }
}
