package io.touchstone.jobs.report;

import io.touchstone.files.JsonFile;
import io.touchstone.files.ResultNames;
import io.touchstone.files.WholeFile;
import io.touchstone.files.commit.OutputLayout;
import io.touchstone.files.commit.PlanFile;
import io.touchstone.selection.report.Report;
import io.touchstone.selection.report.history.History;
import io.touchstone.selection.report.page.ReportPage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The two files of a report: a page, and its figures. */
record ReportFiles(Path page, Path figures, Configuration hadoop) {

  /** Where they lie in a folder. */
  static ReportFiles in(Path folder, Configuration hadoop) throws IOException {
    Path qualified = folder.getFileSystem(hadoop).makeQualified(folder);
    ResultNames names = names(qualified, hadoop);
    return new ReportFiles(
        new Path(qualified, names.reportPage()),
        new Path(qualified, names.reportFigures()),
        hadoop);
  }

  /** Beside rows those that the folder was begun with; where no rows are, none need hide. */
  private static ResultNames names(Path folder, Configuration hadoop) throws IOException {
    try {
      Path plan = OutputLayout.of(folder, 0).plan();
      return PlanFile.read(WholeFile.read(plan, hadoop)).names();
    } catch (FileNotFoundException e) {
      return ResultNames.PLAIN;
    }
  }

  /** Replaces earlier ones. */
  ReportOutcome write(Report made, Optional<NightReports> nights) throws IOException {
    Optional<History> history = nights.map(found -> found.with(made, figures));
    Report report = history.map(found -> made.with(found.summary())).orElse(made);
    byte[] html = ReportPage.of(report, history).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(figures, JsonFile.bytes(report), hadoop);
    WholeFile.write(page, html, hadoop);
    return new ReportOutcome(report, page.toString());
  }
}
