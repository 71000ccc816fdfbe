package io.touchstone.files.commit;

import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The folders that receive a job's result. A piece is committed in the first of them last, and what
 * the first says stands for all.
 */
public record OutputFolders(List<OutputFolder> all) {

  public OutputFolders {
    all = List.copyOf(all);
  }

  public OutputFolder first() {
    return all.get(0);
  }

  public List<OutputLayout> layouts() {
    return all.stream().map(OutputFolder::layout).toList();
  }

  /**
   * Looks without touching anything; needs no Spark.
   *
   * @throws Refused if a folder is not empty and not of the same plan
   */
  public OutputState check() {
    Problems problems = new Problems();
    List<OutputState> states = new ArrayList<>();
    all.forEach(folder -> problems.collect(() -> states.add(folder.check())));
    problems.refuseIfAny();
    Set<Integer> committed = first().committed(states.get(0));
    for (int i = 1; i < all.size(); i++) {
      refuseHalf(all.get(i), all.get(i).committed(states.get(i)), committed);
    }
    return states.stream().allMatch(OutputState.Finished.class::isInstance)
        ? states.get(0)
        : new OutputState.Unfinished(committed);
  }

  /**
   * Makes the folders the plan's own, or takes them up again.
   *
   * @return the pieces that need no work
   */
  public Set<Integer> begin() throws IOException {
    Set<Integer> done = first().begin();
    for (OutputFolder other : others()) {
      refuseHalf(other, other.begin(), done);
    }
    return done;
  }

  private void refuseHalf(OutputFolder other, Set<Integer> committed, Set<Integer> first) {
    if (!committed.containsAll(first)) {
      throw Refused.because(
          Problem.in(other.layout().folder())
              .expected("the other half of what lies in " + first().layout().folder())
              .found("pieces missing; remove both folders to begin anew"));
    }
  }

  /** After the last task: what an attempt did not live to put in its place. */
  public void settle() throws IOException {
    for (OutputFolder folder : all) {
      folder.settle();
    }
  }

  /** Tells the world that all is done. */
  public void succeed(Record summary) throws IOException {
    for (OutputFolder other : others()) {
      other.succeed(summary);
    }
    first().succeed(summary);
  }

  private List<OutputFolder> others() {
    return all.subList(1, all.size());
  }
}
