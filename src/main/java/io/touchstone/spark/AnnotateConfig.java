package io.touchstone.spark;

import io.touchstone.conversation.RowFormat;
import io.touchstone.conversation.ScoredTurns;
import io.touchstone.reward.Calibration;
import io.touchstone.reward.LabelStyle;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one annotate job is asked to do.
 *
 * @param inputs files, folders or globs on any Hadoop filesystem
 * @param output the folder that receives the result
 * @param format of all inputs; empty to find it for each file by its fields
 * @param calibration from scores to rounded labels; null for none
 * @param writing how the scores are written
 * @param pieceBytes size at which plain {@code .jsonl} files are cut
 * @param maxLineBytes longer lines are rejected
 * @param program name and version, written into {@code run.json}
 * @param effective the effective configuration, written into {@code run.json} as it is
 * @param compared the keys of {@code effective} whose change may change the output: a second run
 *     into the same folder must have the same values for them
 * @param ledger the folder of known scores; empty for none
 */
public record AnnotateConfig(
    List<String> inputs,
    String output,
    Optional<RowFormat> format,
    ScoredTurns turns,
    LabelStyle labels,
    @Nullable Calibration calibration,
    Writing writing,
    long pieceBytes,
    long maxLineBytes,
    String program,
    SortedMap<String, String> effective,
    Set<String> compared,
    RunPolicy policy,
    String ledger) {

  /** Lines within the limit are held in one array. */
  public static final long MOST_LINE_BYTES = 1L << 30;

  /** Without a calibration or a ledger, written as by default. */
  public AnnotateConfig(
      List<String> inputs,
      String output,
      Optional<RowFormat> format,
      ScoredTurns turns,
      LabelStyle labels,
      long pieceBytes,
      long maxLineBytes,
      String program,
      SortedMap<String, String> effective,
      Set<String> compared,
      RunPolicy policy) {
    this(
        inputs,
        output,
        format,
        turns,
        labels,
        null,
        Writing.defaults(),
        pieceBytes,
        maxLineBytes,
        program,
        effective,
        compared,
        policy,
        "");
  }

  /** The same job, with labels by a calibration. */
  public AnnotateConfig with(Calibration calibration) {
    return new AnnotateConfig(
        inputs,
        output,
        format,
        turns,
        labels,
        calibration,
        writing,
        pieceBytes,
        maxLineBytes,
        program,
        effective,
        compared,
        policy,
        ledger);
  }

  /** The same job, written in another way. */
  public AnnotateConfig with(Writing writing) {
    return new AnnotateConfig(
        inputs,
        output,
        format,
        turns,
        labels,
        calibration,
        writing,
        pieceBytes,
        maxLineBytes,
        program,
        effective,
        compared,
        policy,
        ledger);
  }

  /** The same job, with the scores that a folder knows. */
  public AnnotateConfig knowing(String ledger) {
    return new AnnotateConfig(
        inputs,
        output,
        format,
        turns,
        labels,
        calibration,
        writing,
        pieceBytes,
        maxLineBytes,
        program,
        effective,
        compared,
        policy,
        ledger);
  }

  public AnnotateConfig {
    inputs = List.copyOf(inputs);
    effective = Collections.unmodifiableSortedMap(new TreeMap<>(effective));
    compared = Collections.unmodifiableSet(new TreeSet<>(compared));
    if (pieceBytes < 1) {
      throw new IllegalArgumentException(
          "piece-bytes: expected at least 1 byte, found " + pieceBytes);
    }
    if (maxLineBytes < 1 || maxLineBytes > MOST_LINE_BYTES) {
      throw new IllegalArgumentException(
          "max-line-bytes: expected 1 to " + MOST_LINE_BYTES + " bytes, found " + maxLineBytes);
    }
    if (!effective.keySet().containsAll(compared)) {
      Set<String> unknown = new TreeSet<>(compared);
      unknown.removeAll(effective.keySet());
      throw new IllegalArgumentException(
          "compared keys: expected keys of the effective configuration, found " + unknown);
    }
  }
}
