package io.touchstone.jobs.annotate;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.conversation.format.ScoredTurns;
import io.touchstone.files.Compression;
import io.touchstone.files.commit.PlanRecord;
import io.touchstone.problem.Problem;
import io.touchstone.reward.Scalar;
import io.touchstone.reward.VoteField;
import io.touchstone.selection.NamedScalar;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How an annotate job writes what it finds.
 *
 * @param field the word by which rows name their scores; null for the formats' own
 * @param scalar what else is made of each reward; null for nothing
 * @param voteFields what of a judge's votes is written
 */
public record RowWriting(
    @Nullable String field,
    @Nullable NamedScalar scalar,
    Compression compression,
    SortedSet<VoteField> voteFields)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String SCALAR = "scalar";

  public RowWriting {
    voteFields = Collections.unmodifiableSortedSet(new TreeSet<>(voteFields));
  }

  /** Of a model that takes no votes. */
  public RowWriting(@Nullable String field, @Nullable NamedScalar scalar, Compression compression) {
    this(field, scalar, compression, new TreeSet<>());
  }

  /** The same, with something of a judge's votes. */
  public RowWriting with(Collection<VoteField> fields) {
    return new RowWriting(field, scalar, compression, new TreeSet<>(fields));
  }

  public static RowWriting defaults() {
    return new RowWriting(null, null, Compression.NONE);
  }

  public ScoreFields fields() {
    return new ScoreFields(
        field,
        scalar == null ? null : scalar.name(),
        voteFields.stream().map(each -> each.word(field == null ? "" : field)).toList());
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
    if (!voteFields.isEmpty()) {
      settings.put("vote-fields", words(voteFields));
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
              ? problem("--judge", words(voteFields), format, ofScalars)
              : problem("--scalar", scalar.name(), format, ofScalars));
    }
    return problems;
  }

  private static String words(Collection<VoteField> fields) {
    return fields.stream().map(each -> each.word("")).collect(Collectors.joining(","));
  }

  private static String problem(
      String flag, @Nullable String name, RowFormat format, List<String> clashes) {
    return Problem.at(flag)
        .expected("a name that leaves the fields of " + format.word() + " rows as they are")
        .found(name + ", which would overwrite " + String.join(", ", clashes));
  }
}
