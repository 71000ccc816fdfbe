package io.touchstone.jobs.report;

import io.touchstone.jobs.RejectedFolder;
import io.touchstone.selection.report.Rejections;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Looks up the first rejected lines of each kind. */
final class RejectedReasons {
  private static final int EXAMPLES = 3;

  private final Map<String, Long> counts;
  private final Map<String, List<Rejections.Example>> examples = new HashMap<>();

  private RejectedReasons(Map<String, Long> counts) {
    this.counts = counts;
  }

  /** The commonest kind first. */
  static List<Rejections> of(ReportedResult result, long maxLineBytes, Configuration hadoop)
      throws IOException {
    RejectedReasons reasons = new RejectedReasons(result.run().rejectedByKind());
    if (!reasons.isEnough()) {
      RejectedFolder.read(result.layout(), maxLineBytes, hadoop, reasons::isEnoughWith);
    }
    return reasons.counts.entrySet().stream()
        .map(
            kind ->
                new Rejections(
                    kind.getKey(),
                    kind.getValue(),
                    reasons.examples.getOrDefault(kind.getKey(), List.of())))
        .sorted(Comparator.comparingLong(Rejections::count).reversed())
        .toList();
  }

  private boolean isEnough() {
    return counts.entrySet().stream()
        .allMatch(
            kind ->
                examples.getOrDefault(kind.getKey(), List.of()).size()
                    >= Math.min(EXAMPLES, kind.getValue()));
  }

  private boolean isEnoughWith(RejectedFolder.Entry entry) {
    List<Rejections.Example> known =
        examples.computeIfAbsent(entry.kind(), kind -> new ArrayList<>());
    if (known.size() < EXAMPLES) {
      known.add(new Rejections.Example(entry.source(), entry.offset(), entry.reason()));
    }
    return isEnough();
  }
}
