package io.touchstone.checkpoint;

/** Where the problems of one file go. */
record FileProblems(String file, Problems all) {
  void add(String problem) {
    all.add(file, problem);
  }

  void expected(String where, String expected, String found) {
    add(where + ": expected " + expected + ", found " + found);
  }
}
