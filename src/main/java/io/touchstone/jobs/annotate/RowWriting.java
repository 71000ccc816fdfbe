package io.touchstone.jobs.annotate;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.conversation.format.ScoredTurns;
import io.touchstone.files.Compression;
import io.touchstone.files.commit.PlanRecord;
import io.touchstone.problem.Problem;
import io.touchstone.reward.Scalar;
import io.touchstone.reward.StepAggregate;
import io.touchstone.selection.NamedScalar;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How an annotate job writes what it finds.
 *
 * @param field the word by which rows name their scores; null for the formats' own
 * @param scalar what else is made of each reward; null for nothing
 * @param steps what makes a reward of those of its answer's steps, which are then written too; null
 *     for a model that judges no steps
 */
public record RowWriting(
    @Nullable String field,
    @Nullable NamedScalar scalar,
    Compression compression,
    @Nullable StepAggregate steps)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String SCALAR = "scalar";

  /** Of a model that judges whole answers. */
  public RowWriting(@Nullable String field, @Nullable NamedScalar scalar, Compression compression) {
    this(field, scalar, compression, null);
  }

  /** The same of a model that may judge steps. */
  public RowWriting by(@Nullable StepAggregate aggregate) {
    return new RowWriting(field, scalar, compression, aggregate);
  }

  public static RowWriting defaults() {
    return new RowWriting(null, null, Compression.NONE);
  }

  public ScoreFields fields() {
    String word = field == null ? ScoreFields.STEPS : field + "_" + ScoreFields.STEPS;
    return new ScoreFields(
        field, scalar == null ? null : scalar.name(), steps == null ? List.of() : List.of(word));
  }

  /** The attributes that a model must have. */
  public List<String> names() {
    return scalar == null ? List.of() : scalar.formula().names();
  }

  @Nullable
  public Scalar weighing() {
    return scalar == null ? null : scalar.formula()::of;
  }

  /** What an output folder's plan keeps: nothing of what is as by default. */
  public SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>();
    if (field != null) {
      settings.put("field", field);
    }
    if (scalar != null) {
      settings.put(SCALAR, scalar.text());
    }
    if (steps != null) {
      settings.put(ScoreFields.STEPS, steps.name().toLowerCase(Locale.ROOT));
    }
    PlanRecord.put(compression, settings);
    return settings;
  }

  /** The name of the scalar in the rows of a plan; empty if they have none. */
  public static Optional<String> scalarOf(PlanRecord plan) {
    return Optional.ofNullable(plan.settings().get(SCALAR)).map(NamedScalar::nameIn);
  }

  /** What is wrong with the names in rows of this format. */
  List<String> problems(RowFormat format, ScoredTurns turns) {
    List<String> ofScores = format.scoring(turns).clashes(new ScoreFields(field, null));
    // What is left clashes with scores, too.
    List<String> ofScalars = new ArrayList<>(format.scoring(turns).clashes(fields()));
    ofScalars.removeAll(ofScores);
    List<String> problems = new ArrayList<>();
    if (!ofScores.isEmpty()) {
      problems.add(problem("--field", field, format, ofScores));
    }
    if (!ofScalars.isEmpty()) {
      problems.add(
          scalar == null
              ? problem("--step-separator", String.join(", ", ofScalars), format, ofScalars)
              : problem("--scalar", scalar.name(), format, ofScalars));
    }
    return problems;
  }

  private static String problem(
      String flag, @Nullable String name, RowFormat format, List<String> clashes) {
    return Problem.at(flag)
        .expected("a name that leaves the fields of " + format.word() + " rows as they are")
        .found(name + ", which would overwrite " + String.join(", ", clashes));
  }
}
