package io.touchstone.jobs.calibrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.digest.Sha256;
import io.touchstone.files.JsonFile;
import io.touchstone.files.WholeFile;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.reward.Calibration;
import io.touchstone.reward.Curve;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.selection.calibration.LabelRange;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A calibration on disk. */
public final class CalibrationFile {

  private static final String DATA = "data";
  private static final String RANGE = "labelRange";

  private final String path;
  private final CalibrationRecord record;
  private final LabelRange labels;
  private final String digest;

  private CalibrationFile(String path, CalibrationRecord record, LabelRange labels, String digest) {
    this.path = path;
    this.record = record;
    this.labels = labels;
    this.digest = digest;
  }

  /**
   * @throws Refused if there is no calibration
   */
  public static CalibrationFile read(String path, Configuration hadoop) {
    try {
      byte[] bytes = WholeFile.read(new Path(path), hadoop);
      CalibrationRecord record = JsonFile.convert(complete(bytes), CalibrationRecord.class);
      return new CalibrationFile(
          path, record, range(path, record.data().labelRange()), "sha256:" + Sha256.hex(bytes));
    } catch (FileNotFoundException e) {
      throw Refused.because(at(path).expected("a file of jobs/calibrate").found("none"));
    } catch (JsonProcessingException e) {
      throw Refused.because(
          at(path).expected("a calibration as jobs/calibrate writes it").found("something else"));
    } catch (IOException e) {
      throw Refused.because(
          at(path).place() + "expected a file that can be read: " + e.getMessage());
    }
  }

  /** Files that say no range were made of labels from 0 to 4. */
  private static JsonNode complete(byte[] bytes) throws IOException {
    JsonNode tree = JsonFile.tree(bytes);
    if (tree.path(DATA) instanceof ObjectNode data && !data.has(RANGE)) {
      data.putArray(RANGE).add(LabelRange.OWN.low()).add(LabelRange.OWN.high());
    }
    return tree;
  }

  private static LabelRange range(String path, List<Double> ends) {
    try {
      if (ends.size() == 2) {
        return new LabelRange(ends.get(0), ends.get(1));
      }
      throw new IllegalArgumentException("expected two numbers, found " + ends.size());
    } catch (IllegalArgumentException e) {
      throw Refused.because(at(path).field(DATA + "." + RANGE).place() + e.getMessage());
    }
  }

  /** The scale of the human labels that it was made from. */
  public LabelRange labels() {
    return labels;
  }

  /**
   * The calibration for a model's outputs. Where both have one attribute, its name does not matter.
   *
   * @throws Refused if it was made for another model, or lacks one of its attributes
   */
  public Calibration of(ModelDescription model) {
    Problems problems = new Problems();
    if (!record.model().fingerprint().equals(model.fingerprint())) {
      problems.add(
          at(path)
              .expected("a calibration for the model with fingerprint " + model.fingerprint())
              .found(
                  "one for "
                      + record.model().fingerprint()
                      + ": scores of one model say nothing about those of another"));
    }
    TreeMap<String, Curve> curves = new TreeMap<>();
    boolean single = record.attributes().size() == 1 && model.attributes().size() == 1;
    for (Map.Entry<String, CalibrationRecord.Attribute> entry : record.attributes().entrySet()) {
      try {
        curves.put(single ? model.attributes().get(0) : entry.getKey(), entry.getValue().curve());
      } catch (IllegalArgumentException e) {
        problems.add(at(path).field("attributes." + entry.getKey()).place() + e.getMessage());
      }
    }
    Calibration calibration = new Calibration(digest, curves);
    List<String> missing = calibration.missing(model.attributes());
    if (problems.isEmpty() && !missing.isEmpty()) {
      problems.add(
          at(path)
              .expected("the attributes " + String.join(", ", model.attributes()))
              .found("none for " + String.join(", ", missing)));
    }
    problems.refuseIfAny();
    return calibration;
  }

  /** Replaces an earlier calibration, and nothing else. */
  static void write(String path, CalibrationRecord record, Configuration hadoop)
      throws IOException {
    WholeFile.write(new Path(path), JsonFile.bytes(record), hadoop);
  }

  /**
   * @throws Refused if something else lies at {@code path}
   */
  static void checkWritable(String path, Configuration hadoop) throws IOException {
    Path file = new Path(path);
    if (file.getFileSystem(hadoop).exists(file)) {
      try {
        read(path, hadoop);
      } catch (Refused e) {
        throw Refused.because(
            Problem.at("--output")
                .file(path)
                .expected("no file, or an earlier calibration")
                .found("something else"));
      }
    }
  }

  private static Problem at(String path) {
    return Problem.at("--calibration").file(path);
  }
}
