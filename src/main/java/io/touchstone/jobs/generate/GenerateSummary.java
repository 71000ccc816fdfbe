package io.touchstone.jobs.generate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.files.JsonFile;
import io.touchstone.files.WholeFile;
import io.touchstone.generation.GeneratorDescription;
import io.touchstone.jobs.RowCounts;
import io.touchstone.jobs.annotate.AnnotateSummary;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What {@code _run.json} says of a finished job.
 *
 * @param finished when, in UTC, as ISO 8601 writes it
 * @param generator what answers depend on, the settings among them as they held
 * @param recipe as it holds; not written where rows' own prompts are answered
 * @param notes answered rows of which something is to be told, by what it is
 * @param withheldLines rejected lines of which only the place and the reason were written; not
 *     written where there are none
 * @param takenRows that an attempt before the one that committed them had finished
 * @param unsteadyPieces as {@link GenerateReport} has them; not written where there are none
 */
public record GenerateSummary(
    String program,
    String finished,
    SortedMap<String, String> configuration,
    GeneratorDescription generator,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, String> recipe,
    AnnotateSummary.Inputs inputs,
    AnnotateSummary.Pieces pieces,
    RowCounts rows,
    SortedMap<String, Long> rejectedByKind,
    SortedMap<String, Long> notes,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long withheldLines,
    Tokens tokens,
    Answers answers,
    EqualPrompts equalPrompts,
    long takenRows,
    GenerateReport.Seconds seconds,
    List<FinishedGenerate.PieceTiming> pieceTimings,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long unsteadyPieces) {

  /**
   * @param presented of each prompt by itself, for each sample
   * @param computed of prompts, that went through the model
   * @param generated of the answers that are written
   * @param specialInText special tokens that texts of answered rows spell out
   */
  record Tokens(long presented, long computed, long generated, long specialInText) {}

  /**
   * @param finishes how many ended how
   * @param thoughts how many have one
   * @param cutThoughts how many are null, as they ended within their thought
   * @param empty how many have no character
   * @param unchanged how many say what the answer says that they are to be a version of; not
   *     written where none does
   */
  record Answers(
      long count,
      SortedMap<String, Long> finishes,
      long thoughts,
      long cutThoughts,
      long empty,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) long unchanged) {}

  /**
   * Rows that share what they are drawn by, their prompt or their id, with a row before them.
   *
   * @param exact whether the number is no estimate
   */
  record EqualPrompts(long rows, boolean exact) {}

  /**
   * What only the run that finished a job knows of it.
   *
   * @param resumedPieces that earlier runs had made
   */
  public record Made(int resumedPieces, GenerateReport.Seconds seconds, long unsteadyPieces) {}

  /** Reads it back from {@code _run.json}: what another version has not written is 0. */
  public static Made made(Path summary, Configuration hadoop) throws IOException {
    JsonNode run = JsonFile.tree(WholeFile.read(summary, hadoop));
    JsonNode seconds = run.path("seconds");
    return new Made(
        run.path("pieces").path("resumed").asInt(),
        new GenerateReport.Seconds(
            seconds.path("total").asDouble(),
            seconds.path("load").asDouble(),
            seconds.path("busy").asDouble()),
        run.path("unsteadyPieces").asLong());
  }

  /** Of a report that was made by this run. */
  public static GenerateSummary of(
      GeneratePlan plan, GenerateReport report, List<FinishedGenerate.PieceTiming> pieceTimings) {
    GenerateTotals totals = report.totals();
    AnswerCounts answers = totals.answers();
    return new GenerateSummary(
        plan.config().provenance().program(),
        AnnotateSummary.now(),
        plan.config().provenance().effective(),
        plan.generator(),
        plan.config().prompts().recipeSettings(),
        new AnnotateSummary.Inputs(
            plan.files().size(), plan.bytes(), plan.skipped().count(), plan.skipped().first()),
        new AnnotateSummary.Pieces(report.pieces(), report.resumedPieces()),
        totals.rows(),
        totals.rejected(),
        totals.notes(),
        report.withheld(),
        new Tokens(
            totals.presentedTokens(),
            totals.computedTokens(),
            answers.tokens(),
            totals.specialTokensInText()),
        new Answers(
            answers.count(),
            answers.finishes(),
            answers.thoughts(),
            answers.cutThoughts(),
            answers.empty(),
            answers.unchanged()),
        new EqualPrompts(totals.repeats().count(), totals.repeats().isExact()),
        totals.takenRows(),
        report.seconds(),
        pieceTimings,
        report.unsteadyPieces());
  }
}
