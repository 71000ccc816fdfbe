package io.touchstone.selection.report;

import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A score as it stands in a row: a number, an object of attributes, or SteerLM's label text. */
record ScoreValue(RowValue value) {

  /** Stands for the one attribute of a score that is a plain number. */
  static final String PLAIN = "";

  /**
   * @throws RowProblem if the value is no score
   */
  List<String> attributes() {
    if (value.isString()) {
      Set<String> names = new LinkedHashSet<>();
      for (String part : value.text().split(",", -1)) {
        names.add(part.substring(0, Math.max(0, part.indexOf(':'))));
      }
      // As other formats have it, where a model of one output writes a number.
      return names.size() == 1 ? List.of(PLAIN) : List.copyOf(names);
    }
    List<String> members = value.memberNames();
    if (members.isEmpty()) {
      value.number();
      return List.of(PLAIN);
    }
    return members;
  }

  /**
   * @throws RowProblem if the score has no such attribute
   */
  double of(String attribute) {
    double score = value.isString() ? ofLabel(attribute) : ofNumber(attribute);
    if (!(Math.abs(score) <= Float.MAX_VALUE)) {
      throw new RowProblem(
          Malformation.NOT_FINITE, value.path(), "expected a score that a float holds, found more");
    }
    return score;
  }

  private double ofNumber(String attribute) {
    RowValue number =
        attribute.equals(PLAIN)
            ? value
            : value
                .member(attribute)
                .orElseThrow(() -> value.refused("an object with the first row's attributes"));
    return number.number();
  }

  private double ofLabel(String attribute) {
    String[] parts = value.text().split(",", -1);
    boolean only = attribute.equals(PLAIN) && parts.length == 1;
    for (String part : parts) {
      int colon = part.indexOf(':');
      if (colon >= 0 && (only || part.substring(0, colon).equals(attribute))) {
        try {
          return Double.parseDouble(part.substring(colon + 1));
        } catch (NumberFormatException e) {
          break;
        }
      }
    }
    throw new RowProblem(
        Malformation.UNEXPECTED_VALUE,
        value.path(),
        "expected a label with a number for each of the first row's attributes, found another"
            + " text");
  }
}
