package io.touchstone.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.touchstone.files.JsonFile;
import io.touchstone.files.ResultNames;
import io.touchstone.files.WholeFile;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import io.touchstone.selection.report.Report;
import io.touchstone.selection.report.history.History;
import io.touchstone.selection.report.history.Night;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the reports of other nights in a folder, at whatever place beneath it. */
final class NightReports {

  /** A folder may hold all the world. */
  private static final int MOST_FOLDERS = 20_000;

  private static final int DEEPEST = 6;
  private static final long MOST_BYTES = 64L << 20;

  private static final Set<String> NAMES =
      Arrays.stream(ResultNames.values())
          .map(ResultNames::reportFigures)
          .collect(Collectors.toUnmodifiableSet());

  private final Path root;
  private final Configuration hadoop;
  private final List<FileStatus> found = new ArrayList<>();
  private final List<Report.SkippedReport> skipped = new ArrayList<>();
  private int folders;

  private NightReports(Path root, Configuration hadoop) {
    this.root = root;
    this.hadoop = hadoop;
  }

  /**
   * Looks for reports, and opens none.
   *
   * @param folder as a user types it
   * @throws Refused if there is no such folder, or it is too large to be looked through
   */
  static NightReports in(String folder, Configuration hadoop) throws IOException {
    Problem.Expected expected =
        Problem.at("--history").file(folder).expected("a folder with reports of other nights");
    try {
      Path path = new Path(folder);
      FileSystem files = path.getFileSystem(hadoop);
      NightReports reports = new NightReports(files.makeQualified(path), hadoop);
      if (!files.getFileStatus(path).isDirectory()) {
        throw Refused.because(expected.found("a file"));
      }
      reports.look(reports.root, 0, expected);
      return reports;
    } catch (FileNotFoundException e) {
      throw Refused.because(expected.found("nothing there"));
    } catch (IllegalArgumentException e) {
      throw Refused.because(expected.found("one that cannot be read: " + e.getMessage()));
    }
  }

  /**
   * The nights that were found, and the one that is reported on. Of several reports on one result
   * the first by path counts, and before them the one at hand.
   *
   * @param now the report at hand
   * @param figures where it will lie
   */
  History with(Report now, Path figures) {
    Night tonight = tonight(now, figures);
    List<Night> others = read(tonight, figures);
    return History.of(ReportedResult.shown(root), others, tonight, skipped);
  }

  /** What a job keeps beside its rows, and what shells hide, is no night. */
  private static boolean isLookedInto(Path folder) {
    return !folder.getName().startsWith("_") && !folder.getName().startsWith(".");
  }

  private void look(Path folder, int depth, Problem.Expected expected) throws IOException {
    if (++folders > MOST_FOLDERS) {
      throw Refused.because(
          expected.found("more than " + MOST_FOLDERS + " folders: name one with less in it"));
    }
    FileSystem files = folder.getFileSystem(hadoop);
    FileStatus[] entries = files.listStatus(folder);
    Arrays.sort(entries, Comparator.comparing(entry -> entry.getPath().getName()));
    for (FileStatus entry : entries) {
      Path path = entry.getPath();
      if (entry.isFile() && NAMES.contains(path.getName())) {
        found.add(entry);
      } else if (entry.isDirectory() && depth < DEEPEST && isLookedInto(path)) {
        look(path, depth + 1, expected);
      }
    }
  }

  private Night tonight(Report now, Path figures) {
    try {
      return new NightReader(name(figures)).read(JsonFile.tree(now));
    } catch (NotANight e) {
      throw new IllegalStateException("a report that was just made: " + e.reason(), e);
    }
  }

  private List<Night> read(Night tonight, Path replaced) {
    Map<String, Night> byResult = new LinkedHashMap<>();
    for (FileStatus file : found) {
      if (file.getPath().equals(replaced)) {
        continue;
      }
      try {
        Night night = night(file);
        Night known = byResult.putIfAbsent(night.result(), night);
        if (known != null && !night.isAnotherPathTo(known)) {
          skip(file, "another report on the result of " + known.name());
        }
      } catch (NotANight e) {
        skip(file, e.reason());
      } catch (IOException e) {
        skip(file, "cannot be read: " + e.getMessage());
      }
    }
    byResult.remove(tonight.result());
    return List.copyOf(byResult.values());
  }

  private Night night(FileStatus file) throws IOException, NotANight {
    if (file.getLen() > MOST_BYTES) {
      throw new NotANight("expected at most 64 MiB, found " + file.getLen() + " bytes");
    }
    try {
      return new NightReader(name(file.getPath()))
          .read(JsonFile.tree(WholeFile.read(file.getPath(), hadoop)));
    } catch (JsonProcessingException e) {
      throw new NotANight("expected a report of jobs/report, found no whole JSON");
    }
  }

  private void skip(FileStatus file, String reason) {
    skipped.add(new Report.SkippedReport(ReportedResult.shown(file.getPath()), reason));
  }

  /** A report's folder beneath the one of all; as it is typed where it lies elsewhere. */
  private String name(Path figures) {
    String folder = ReportedResult.shown(figures.getParent());
    String above = ReportedResult.shown(root);
    return folder.equals(above)
        ? root.getName()
        : folder.startsWith(above + "/") ? folder.substring(above.length() + 1) : folder;
  }
}
