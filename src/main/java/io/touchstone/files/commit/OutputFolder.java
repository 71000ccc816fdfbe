package io.touchstone.files.commit;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.touchstone.files.Filesystems;
import io.touchstone.files.JsonFile;
import io.touchstone.files.ResultNames;
import io.touchstone.files.part.PartFormat;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import io.touchstone.problem.RefusedFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The folder that receives a job's result, seen from the driver. Two jobs of the same plan may work
 * on it at once: they do some work twice, and each piece is committed once.
 */
public final class OutputFolder {

  private final PlanRecord plan;
  private final CommitStore store;
  private OutputLayout layout;

  private OutputFolder(PlanRecord plan, OutputLayout layout, CommitStore store) {
    this.plan = plan;
    this.layout = layout;
    this.store = store;
  }

  /**
   * @throws Refused if there can be no such folder
   */
  public static OutputFolder of(PlanRecord plan, String output, Configuration hadoop) {
    try {
      Path path = new Path(output);
      CommitStore.refuseUnfit(path, hadoop);
      Path folder = Filesystems.of(path, hadoop).makeQualified(path);
      OutputLayout layout =
          OutputLayout.of(folder, plan.pieces()).with(new PartFormat.Lines(plan.compression()));
      CommitStore store = CommitStore.of(layout, hadoop);
      return new OutputFolder(plan, named(layout, store), store);
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(output, e);
    }
  }

  /** With the names that the folder was begun with, be it this plan's or not. */
  private static OutputLayout named(OutputLayout layout, CommitStore store) throws IOException {
    try {
      return layout.of(PlanFile.read(store.read(layout.plan()))).of(layout.run());
    } catch (FileNotFoundException | JsonProcessingException e) {
      // Nothing was begun there, or nothing that can be taken up again.
      return layout;
    }
  }

  /** The same folder, with parts of a format. */
  public OutputFolder with(PartFormat parts) {
    return new OutputFolder(plan, layout.with(parts), store);
  }

  /**
   * Looks without touching anything; needs no Spark.
   *
   * @throws Refused if the folder is not empty and not of the same plan
   */
  public OutputState check() {
    try {
      Map<String, FileStatus> found = listed();
      if (found.isEmpty()) {
        return new OutputState.Fresh();
      }
      if (!found.containsKey(layout.plan().getName())) {
        String entries = found.size() + (found.size() == 1 ? " entry" : " entries");
        throw Refused.because(
            at().expected("an empty folder or one that this job has made")
                .found(entries + " and no " + layout.plan().getName()));
      }
      List<String> differences = earlierPlan().plan().differences(plan);
      if (!differences.isEmpty()) {
        throw new RefusedFolder(
            differences.stream()
                .map(difference -> at().place() + "was made by another job: " + difference)
                .toList());
      }
      Set<Integer> parts = pieces(found.keySet(), layout::partName);
      Set<Integer> records = committed();
      return found.containsKey(layout.success().getName())
              && parts.size() == plan.pieces()
              && records.size() == plan.pieces()
          ? new OutputState.Finished()
          : new OutputState.Unfinished(records);
    } catch (IOException e) {
      throw unusable(layout.folder(), e);
    }
  }

  /**
   * Looks whether the folder may be thrown away: it is one of ours, of whatever job, or empty.
   *
   * @throws Refused if it holds anything that such a job does not make
   */
  public void checkDiscardable() {
    try {
      Map<String, FileStatus> found = listed();
      if (!found.isEmpty()) {
        if (!found.containsKey(layout.plan().getName())) {
          throw Refused.because(
              at().expected("a folder that this job has made, to be thrown away")
                  .found("one without " + layout.plan().getName()));
        }
        earlierPlan();
      }
      List<String> strange =
          found.keySet().stream().filter(name -> !ResultNames.isOfAJob(name)).sorted().toList();
      if (!strange.isEmpty()) {
        throw new Refused(
            strange.stream()
                .map(
                    name -> at().place() + "not thrown away, because no job has made this: " + name)
                .toList());
      }
    } catch (IOException e) {
      throw unusable(layout.folder(), e);
    }
  }

  /**
   * Throws all content away; what dies on the way can be begun again.
   *
   * @throws Refused as {@link #checkDiscardable()}
   */
  public void discard() throws IOException {
    checkDiscardable();
    Optional<String> discarded = run();
    store.files().delete(layout.success(), false);
    // Without it no attempt of the old run can commit; then no part is one that counts.
    store.files().delete(layout.temporaryFolder(), true);
    store.files().delete(layout.statsFolder(), true);
    for (FileStatus file : store.list(layout.root())) {
      if (!file.getPath().getName().equals(layout.plan().getName())) {
        store.files().delete(file.getPath(), true);
      }
    }
    CommitStep.CONTENT_DISCARDED.reached();
    // Another driver may have thrown the same away, and begun anew.
    if (run().equals(discarded)) {
      store.files().delete(layout.plan(), false);
    }
  }

  /** Of the plan that lies there; empty if none does. */
  private Optional<String> run() throws IOException {
    return store.files().exists(layout.plan())
        ? Optional.of(earlierPlan().run())
        : Optional.empty();
  }

  public OutputLayout layout() {
    return layout;
  }

  public CommitStore store() {
    return store;
  }

  public AttemptFolder forAttempts() {
    return new AttemptFolder(store, layout);
  }

  /**
   * Makes the folder this plan's own, or takes it up again.
   *
   * @return the pieces that need no work
   */
  public Set<Integer> begin() throws IOException {
    if (!(check() instanceof OutputState.Unfinished)) {
      claim();
      check();
    }
    layout = layout.of(earlierPlan());
    try {
      makeWorkingFolders();
    } catch (IOException e) {
      // Another job of the plan has ended at this moment, and deleted what was left over.
      makeWorkingFolders();
    }
    store.files().delete(layout.success(), false);
    return settled();
  }

  private void makeWorkingFolders() throws IOException {
    store.files().mkdirs(layout.marksFolder());
    store.files().mkdirs(layout.statsFolder());
  }

  /** The first plan to be placed is the folder's, whoever else wants to place one. */
  private void claim() throws IOException {
    try {
      placePlan(UUID.randomUUID().toString());
    } catch (IOException e) {
      // Another job has placed its plan, and may have ended and deleted what was left over.
      if (!store.files().exists(layout.plan())) {
        throw e;
      }
    }
    CommitStep.PLAN_PLACED.reached();
  }

  private void placePlan(String run) throws IOException {
    PlanFile file = new PlanFile(run, ResultNames.UNDERSCORED, plan);
    OutputLayout mine = layout.of(file);
    store.files().mkdirs(mine.attemptsFolder());
    store.probe(mine.attemptsFolder());
    Path written = mine.temporary(layout.plan().getName());
    try (OutputStream out = store.create(written)) {
      out.write(JsonFile.bytes(file));
    }
    CommitStep.PLAN_WRITTEN.reached();
    store.placeFirst(written, layout.plan());
  }

  /**
   * Puts what attempts have committed, and died, where it belongs; takes back the commit of a piece
   * whose files someone has deleted.
   */
  private Set<Integer> settled() throws IOException {
    // In this order: a part that lies there now has had its record before.
    Set<Integer> parts = partSizes().keySet();
    Set<Integer> records = committed();
    for (Integer orphan : parts) {
      if (!records.contains(orphan)) {
        store.files().delete(layout.part(orphan), false);
        store.files().delete(layout.rejected(orphan), false);
      }
    }
    Set<Integer> settled = new HashSet<>(records);
    for (Integer piece : records) {
      if (!parts.contains(piece)
          && !PieceCommit.read(forAttempts(), piece).settle(forAttempts(), piece)) {
        store.files().delete(layout.stats(piece), false);
        store.files().delete(layout.rejected(piece), false);
        settled.remove(piece);
      }
    }
    return settled;
  }

  /** After the last task: what an attempt did not live to put in its place. */
  public void settle() throws IOException {
    settled();
    CommitStep.PIECES_SETTLED.reached();
  }

  /** Tells the world that all is done; nothing of the work in between stays. */
  public void succeed(Record summary) throws IOException {
    byte[] json = JsonFile.bytes(summary);
    try {
      store.replace(layout.summary(), json);
    } catch (IOException e) {
      // Another job on this folder has ended in between and deleted what was left over; what
      // that looks like differs from filesystem to filesystem.
      store.replace(layout.summary(), json);
    }
    CommitStep.SUMMARY_PLACED.reached();
    store.files().delete(layout.temporaryFolder(), true);
    CommitStep.LEFTOVERS_DELETED.reached();
    placeSuccess();
  }

  private void placeSuccess() throws IOException {
    try {
      store.files().create(layout.success(), true).close();
    } catch (IOException e) {
      // Another job on this folder puts it there at the same moment, over what has not been closed.
      if (!store.files().exists(layout.success())) {
        throw e;
      }
    }
  }

  /** Sizes of the parts by piece. */
  public Map<Integer, Long> partSizes() throws IOException {
    return sizes(layout.root(), layout::partName);
  }

  /** Sizes of the rejected parts by piece. */
  public Map<Integer, Long> rejectedSizes() throws IOException {
    return sizes(layout.rejectedFolder(), layout::rejectedName);
  }

  private Map<Integer, Long> sizes(Path folder, IntFunction<String> naming) throws IOException {
    Map<String, Integer> names =
        indexes().boxed().collect(Collectors.toMap(naming::apply, piece -> piece));
    Map<Integer, Long> sizes = new HashMap<>();
    for (FileStatus file : store.list(folder)) {
      Integer piece = names.get(file.getPath().getName());
      if (piece != null) {
        sizes.put(piece, file.getLen());
      }
    }
    return sizes;
  }

  /** The pieces that need no work. */
  Set<Integer> committed(OutputState state) {
    if (state instanceof OutputState.Unfinished unfinished) {
      return unfinished.committed();
    }
    return state instanceof OutputState.Finished
        ? indexes().boxed().collect(Collectors.toSet())
        : Set.of();
  }

  private Set<Integer> committed() throws IOException {
    Set<String> found = new HashSet<>();
    store.list(layout.statsFolder()).forEach(file -> found.add(file.getPath().getName()));
    return pieces(found, layout::statsName);
  }

  private Set<Integer> pieces(Set<String> found, IntFunction<String> naming) {
    return indexes()
        .filter(piece -> found.contains(naming.apply(piece)))
        .boxed()
        .collect(Collectors.toSet());
  }

  private IntStream indexes() {
    return IntStream.range(0, plan.pieces());
  }

  /** By name; a run that died before it placed its plan may have left its temporary folder. */
  private Map<String, FileStatus> listed() throws IOException {
    Map<String, FileStatus> found = new HashMap<>();
    for (FileStatus file : store.list(layout.root())) {
      if (file.getPath().equals(layout.root())) {
        throw Refused.because(at().expected("a folder").found("a file"));
      }
      found.put(file.getPath().getName(), file);
    }
    found.remove(layout.temporaryFolder().getName());
    return found;
  }

  private PlanFile earlierPlan() throws IOException {
    try {
      return PlanFile.read(store.read(layout.plan()));
    } catch (JsonProcessingException e) {
      throw Refused.because(
          at().expected("a plan of this job in _plan.json").found("something else"));
    } catch (FileNotFoundException e) {
      throw Refused.because(at().place() + "was thrown away while this job began");
    }
  }

  private Problem at() {
    return Problem.in(layout.folder());
  }

  private static Refused unusable(String folder, Exception cause) {
    return Refused.because("[" + folder + "] cannot be used for output: " + cause.getMessage());
  }
}
