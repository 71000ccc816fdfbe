package io.touchstone.problem;

import java.util.List;

/** Ends a call whose output folder holds what another job has made, which is not finished by it. */
public final class RefusedFolder extends Refused {

  private static final long serialVersionUID = 1L;

  /**
   * @param differences of the two jobs, each naming the folder
   */
  public RefusedFolder(List<String> differences) {
    super(differences);
  }
}
