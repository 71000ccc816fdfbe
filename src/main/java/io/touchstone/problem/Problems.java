package io.touchstone.problem;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** All that is wrong, gathered so that a user sees it at once; the same problem counts once. */
public final class Problems {

  private static final int SHOWN_OF_A_KIND = 20;

  private final Set<String> found = new LinkedHashSet<>();
  private boolean ofAnotherJob;

  public void add(String problem) {
    found.add(problem);
  }

  /** Adds a problem in place of what cannot be told for it. */
  public <T> Optional<T> none(String problem) {
    add(problem);
    return Optional.empty();
  }

  public void addAll(Collection<String> problems) {
    found.addAll(problems);
  }

  /** Adds the first of many alike, and how many more there are. */
  public void addSome(String kind, List<String> alike) {
    found.addAll(alike.subList(0, Math.min(SHOWN_OF_A_KIND, alike.size())));
    if (alike.size() > SHOWN_OF_A_KIND) {
      add(String.format(Locale.ROOT, "and %d more %s", alike.size() - SHOWN_OF_A_KIND, kind));
    }
  }

  /** Adds what a check refuses, and goes on. */
  public void collect(Runnable check) {
    try {
      check.run();
    } catch (Refused refused) {
      addAll(refused.problems());
      ofAnotherJob |= refused instanceof RefusedFolder;
    }
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<String> found() {
    return List.copyOf(found);
  }

  /**
   * @throws Refused if there is any problem
   */
  public void refuseIfAny() {
    if (ofAnotherJob) {
      throw new RefusedFolder(found());
    }
    Refused.ifAny(found());
  }
}
