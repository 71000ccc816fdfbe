package io.touchstone.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The folder that receives a job's result, seen from the driver. */
public final class OutputFolder {

  private final PlanRecord plan;
  private final OutputLayout layout;
  private final Placement placement;

  private OutputFolder(PlanRecord plan, OutputLayout layout, Placement placement) {
    this.plan = plan;
    this.layout = layout;
    this.placement = placement;
  }

  /**
   * @throws OutputException if there can be no such folder
   */
  public static OutputFolder of(AnnotatePlan plan, Configuration hadoop) {
    return of(PlanRecord.of(plan), plan.config().output(), hadoop);
  }

  /**
   * @throws OutputException if there can be no such folder
   */
  static OutputFolder of(PlanRecord plan, String output, Configuration hadoop) {
    try {
      Path path = new Path(output);
      Path folder = path.getFileSystem(hadoop).makeQualified(path);
      OutputLayout layout = OutputLayout.of(folder, plan.pieces());
      return new OutputFolder(plan, layout, new Placement(layout, hadoop));
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(output, e);
    }
  }

  /**
   * Looks without touching anything; needs no Spark.
   *
   * @throws OutputException if the folder is not empty and not of the same plan
   */
  public OutputState check() {
    try {
      Map<String, FileStatus> found = listed();
      if (found.isEmpty()) {
        return new OutputState.Fresh();
      }
      if (!found.containsKey(layout.plan().getName())) {
        throw new OutputException(
            List.of(
                at()
                    + "expected an empty folder or one that this job has made, found "
                    + found.size()
                    + (found.size() == 1 ? " entry" : " entries")
                    + " and no "
                    + layout.plan().getName()));
      }
      List<String> differences = earlierPlan().differences(plan);
      if (!differences.isEmpty()) {
        throw new OutputException(
            differences.stream()
                .map(difference -> at() + "was made by another job: " + difference)
                .toList());
      }
      Set<Integer> committed = committed(found.keySet());
      return found.containsKey(layout.success().getName()) && committed.size() == plan.pieces()
          ? new OutputState.Finished()
          : new OutputState.Unfinished(committed);
    } catch (IOException e) {
      throw unusable(layout.folder(), e);
    }
  }

  OutputLayout layout() {
    return layout;
  }

  Placement placement() {
    return placement;
  }

  /** Makes the folder this plan's own; a run that dies afterwards can be resumed. */
  void claim() throws IOException {
    placement.files().mkdirs(layout.temporaryFolder());
    placement.replace(layout.plan(), Json.bytes(plan));
  }

  /** Prepares a folder with a plan for more work. */
  void reopen() throws IOException {
    placement.files().delete(layout.success(), false);
    placement.files().mkdirs(layout.temporaryFolder());
  }

  /** Tells the world that all is done; nothing of the work in between stays. */
  void succeed(Record summary) throws IOException {
    placement.replace(layout.summary(), Json.bytes(summary));
    placement.files().delete(layout.temporaryFolder(), true);
    placement.files().create(layout.success(), true).close();
  }

  /** Sizes of the parts by piece. */
  Map<Integer, Long> partSizes() throws IOException {
    return sizes(layout.root());
  }

  /** Sizes of the rejected parts by piece. */
  Map<Integer, Long> rejectedSizes() throws IOException {
    return sizes(layout.rejectedFolder());
  }

  private Map<Integer, Long> sizes(Path folder) throws IOException {
    Map<String, Integer> names = partNames();
    Map<Integer, Long> sizes = new HashMap<>();
    for (FileStatus file : placement.list(folder)) {
      Integer piece = names.get(file.getPath().getName());
      if (piece != null) {
        sizes.put(piece, file.getLen());
      }
    }
    return sizes;
  }

  private Set<Integer> committed(Set<String> found) {
    Set<Integer> committed = new HashSet<>();
    partNames()
        .forEach(
            (name, piece) -> {
              if (found.contains(name)) {
                committed.add(piece);
              }
            });
    return committed;
  }

  private Map<String, Integer> partNames() {
    Map<String, Integer> names = new HashMap<>();
    for (int piece = 0; piece < plan.pieces(); piece++) {
      names.put(layout.partName(piece), piece);
    }
    return names;
  }

  /** By name; a run that died before it wrote its plan may have left its temporary folder. */
  private Map<String, FileStatus> listed() throws IOException {
    Map<String, FileStatus> found = new HashMap<>();
    for (FileStatus file : placement.list(layout.root())) {
      if (file.getPath().equals(layout.root())) {
        throw new OutputException(List.of(at() + "expected a folder, found a file"));
      }
      found.put(file.getPath().getName(), file);
    }
    found.remove(layout.temporaryFolder().getName());
    return found;
  }

  private PlanRecord earlierPlan() throws IOException {
    try {
      return Json.read(placement.read(layout.plan()), PlanRecord.class);
    } catch (JsonProcessingException e) {
      throw new OutputException(
          List.of(at() + "expected a plan of this job in _plan.json, found something else"));
    }
  }

  private String at() {
    return "[" + layout.folder() + "] ";
  }

  private static OutputException unusable(String folder, Exception cause) {
    return new OutputException(
        List.of("[" + folder + "] cannot be used for output: " + cause.getMessage()));
  }
}
