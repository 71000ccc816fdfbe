package io.touchstone.jobs.calibrate;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.conversation.line.RowValue;
import io.touchstone.problem.Problem;
import io.touchstone.selection.calibration.Fit;
import io.touchstone.selection.calibration.LabelRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Scores and human labels of rows, by attribute. */
final class LabelledRows {

  private final CalibrateConfig config;
  private final List<String> attributes;

  /** Of each row the scores by attribute, then the labels. */
  private final List<double[]> rows = new ArrayList<>();

  private final RowPrompts known;
  private final List<Integer> prompts = new ArrayList<>();

  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private long outside;

  /**
   * @param attributes one for scores that are numbers
   */
  LabelledRows(CalibrateConfig config, List<String> attributes, RowPrompts known) {
    this.config = config;
    this.known = known;
    this.attributes = attributes;
  }

  /**
   * @throws RowProblem if the row lacks a score or a label
   */
  void add(byte[] line, String file) {
    JsonRow row = JsonRow.read(line);
    double[] scoresThenLabels = new double[2 * attributes.size()];
    RowValue score = row.required(config.score(), "a score");
    for (int i = 0; i < attributes.size(); i++) {
      scoresThenLabels[i] = score(score, attributes.get(i));
      if (config.fit().kind().needsLabels()) {
        scoresThenLabels[attributes.size() + i] = label(row, attributes.get(i));
      }
    }
    rows.add(scoresThenLabels);
    prompts.add(known.number(line, file));
  }

  private double score(RowValue score, String attribute) {
    if (score.isObject()) {
      return score
          .member(attribute)
          .orElseThrow(() -> score.refused("an attribute " + attribute))
          .number();
    }
    if (attributes.size() > 1) {
      throw score.refused("an object with " + String.join(", ", attributes));
    }
    return score.number();
  }

  private double label(JsonRow row, String attribute) {
    String name = config.label().orElse(attribute);
    double label = row.required(name, "a label from " + config.labels().told()).number();
    least = Math.min(least, label);
    most = Math.max(most, label);
    outside += config.labels().contains(label) ? 0 : 1;
    return config.labels().onOwn(label);
  }

  /** What is wrong if any label is not on the scale that they are said to have. */
  Optional<String> offTheScale() {
    if (outside == 0) {
      return Optional.empty();
    }
    double low = Math.floor(least);
    double high = Math.ceil(most);
    String others = String.format(Locale.ROOT, "%,d others", outside);
    return Optional.of(
        Problem.at("--label-range")
            .expected("labels from " + config.labels().told())
            .found(
                low < high ? others + proposal(new LabelRange(low, high)) : others + " of " + low));
  }

  private static String proposal(LabelRange found) {
    return "; all are from "
        + found.told()
        + ": if that is their whole scale, --label-range "
        + found
        + " brings it onto that from 0 to 4";
  }

  /** The rows as one of the attributes sees them. */
  Fit.Rows of(int attribute) {
    return new Fit.Rows(
        column(attribute),
        column(attributes.size() + attribute),
        prompts.stream().mapToInt(Integer::intValue).toArray());
  }

  private double[] column(int column) {
    return rows.stream().mapToDouble(row -> row[column]).toArray();
  }
}
