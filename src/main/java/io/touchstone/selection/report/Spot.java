package io.touchstone.selection.report;

/**
 * Where a response stands.
 *
 * @param line of the part file, from 1
 * @param response which of the row's, from 1
 */
record Spot(String file, long line, int response, Texts texts) {

  Extreme extreme(double score, ScoredResponse of) {
    return new Extreme(
        file,
        line,
        response,
        score,
        of.length(),
        texts.quoted(of.question()),
        texts.quoted(of.text()));
  }
}
