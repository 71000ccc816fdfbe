package io.touchstone.spark.watch;

/** What rows go to the model for, and how many deaths a row is blamed for. */
enum Sought {
  /** A load is soon run again, row by row: a row goes alone after one death among others. */
  SCORE("a score", "a score for the row alone", 1),
  /**
   * Rows are under way for long, and many at a time: a process that is gone for another reason must
   * not have all of them answered one by one. A row goes alone after two deaths among others.
   */
  ANSWER("an answer", "each pass of the row alone", 2);

  private final String noun;
  private final String timed;
  private final int deathsInCompany;

  Sought(String noun, String timed, int deathsInCompany) {
    this.noun = noun;
    this.timed = timed;
    this.deathsInCompany = deathsInCompany;
  }

  /** As a reason names it. */
  String noun() {
    return noun;
  }

  /** What is to come in time, as a reason names it. */
  String timed() {
    return timed;
  }

  /** After how many deaths among others a row goes alone. */
  int deathsInCompany() {
    return deathsInCompany;
  }
}
