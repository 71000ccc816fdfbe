package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.generation.Finish;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.generation.GeneratorDescription;
import io.touchstone.generation.recipe.RowPrompts;
import io.touchstone.jobs.generate.AnswerCounts;
import io.touchstone.jobs.generate.GenerateReport;
import io.touchstone.jobs.generate.GenerateTotals;
import io.touchstone.jobs.generate.PromptMaking;
import io.touchstone.jobs.generate.Repeats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a finished generation tells the user.
 *
 * @param prompts what of a row was answered
 * @param memory of each replica; empty where each plans for a machine of its own, or needs none
 * @param sparkSeconds wall time that Spark took to start; 0 where an earlier run has done all
 */
public record GenerateText(
    GenerateReport report,
    GeneratorDescription generator,
    PromptMaking prompts,
    AnnotateText.ModelOrigin origin,
    Optional<GenerationMemory> memory,
    double sparkSeconds) {

  public String text() {
    Text text = new Text();
    GenerateTotals totals = report.totals();
    report.allRejected().ifPresent(why -> text.line("%s", AllRejectedText.of(why)).line(""));
    AnnotateText.warn(generator.reading(), text);
    text.line(
        "%s %,d of %,d rows; the result lies in %s",
        report.alreadyDone() ? "An earlier run had answered" : "Answered",
        totals.out(),
        totals.in(),
        Text.path(report.output()));
    text.line("");
    text.about(
        "rows",
        "%,d in, %,d out, %,d rejected, %,d blank",
        totals.in(),
        totals.out(),
        totals.rejectedLines(),
        totals.blank());
    if (totals.rejectedLines() > 0) {
      text.about(
          "rejected",
          "%s; %s in %s",
          Text.counts(totals.rejected()),
          AnnotateText.kept(report.withheld()),
          Text.path(report.rejected()));
    }
    NotesText notes = new NotesText(totals.notes());
    notes.tell(text);
    tellPrompts(prompts, totals.notes(), text);
    tellAnswers(totals.answers(), text);
    tellEqualPrompts(text);
    text.about("pieces", pieces());
    AnnotateText.tellSkipped(report.skipped(), text);
    tellModel(generator, text);
    if (totals.specialTokensInText() > 0 && !isSanitized()) {
      text.about(
          "note",
          "texts of rows spell out special tokens (%,d), which were taken for those tokens; --sanitize"
              + " takes them for text",
          totals.specialTokensInText());
    }
    text.about("tokens", tokens(totals));
    if (report.unsteadyPieces() > 0) {
      text.about(
          "bits",
          "%,d %s generated where an answer may follow what is generated beside it",
          report.unsteadyPieces(),
          report.unsteadyPieces() == 1 ? "piece was" : "pieces were");
    }
    memory.ifPresent(plan -> text.about("memory", "%s", new RowsInMemory(plan).told()));
    text.about("time", time());
    report
        .firstRow()
        .ifPresent(
            row -> text.line("").line("The first row:").line("%s", AnnotateText.excerpt(row)));
    notes.warn(text);
    if (origin == AnnotateText.ModelOrigin.DEMO) {
      text.line("")
          .line(
              "The bundled demo checkpoint demonstrates the job and knows nothing. --model DIR takes"
                  + " yours.");
    }
    return text.toString();
  }

  static void tellModel(GeneratorDescription generator, Text text) {
    String about =
        Stream.of(generator.architecture(), generator.precision())
            .filter(word -> !word.isEmpty())
            .collect(Collectors.joining(", "));
    text.about("model", "%s%s", generator.model(), about.isEmpty() ? "" : " (" + about + ")");
    text.about("rules", "%s", RulesText.of(generator.effective()));
    AnnotateText.tellReading(generator.reading(), text);
  }

  /** Of what is made of rows, and of a field for which nothing is to be told. */
  private static void tellPrompts(PromptMaking prompts, SortedMap<String, Long> notes, Text text) {
    RowPrompts recipe = prompts.recipe();
    if (recipe != null) {
      text.about(
          "recipe",
          "of {prompt}%s; answers stand in %s",
          recipe.recipe().texts().stream()
              .map(place -> ", {" + place + "}")
              .collect(Collectors.joining()),
          recipe.fields().into());
    }
    String field = prompts.rules().answersFrom();
    if (field != null && !notes.containsKey(RowNote.Kind.BROUGHT_ANSWERS.word())) {
      text.about("note", "no row has --answers-from %s: all were asked", field);
    }
  }

  private boolean isSanitized() {
    return generator.effective().getOrDefault("spelled-tokens", "").equals("as text");
  }

  private static void tellAnswers(AnswerCounts answers, Text text) {
    List<String> finishes = new ArrayList<>();
    for (Map.Entry<String, Long> each : answers.finishes().entrySet()) {
      finishes.add(Text.of("%,d %s", each.getValue(), meaning(each.getKey())));
    }
    text.about(
        "answers",
        "%,d%s%s",
        answers.count(),
        finishes.isEmpty() ? "" : ": " + String.join(", ", finishes),
        answers.empty() == 0 ? "" : Text.of("; %,d are empty", answers.empty()));
    if (answers.unchanged() > 0) {
      text.about(
          "unchanged", "%,d of them: what the row's own answer says already", answers.unchanged());
    }
    if (answers.thoughts() > 0 || answers.cutThoughts() > 0) {
      text.about(
          "thoughts",
          "%,d%s",
          answers.thoughts(),
          answers.cutThoughts() == 0
              ? ""
              : Text.of(
                  "; %,d ended within one, with no answer (null): --max-new-tokens may be too few",
                  answers.cutThoughts()));
    }
  }

  private static String meaning(String finish) {
    if (finish.equals(Finish.EOS.word())) {
      return "ended by themselves (eos)";
    }
    if (finish.equals(Finish.STOP.word())) {
      return "ended by a stop text (stop)";
    }
    return "ended at the most tokens (length)";
  }

  private void tellEqualPrompts(Text text) {
    Repeats repeats = report.totals().repeats();
    if (repeats.count() > 0) {
      text.about(
          "equal",
          "%s%,d %s the prompt or the id of a row before, and with it the same %s",
          repeats.isExact() ? "" : "about ",
          repeats.count(),
          repeats.count() == 1 ? "row has" : "rows have",
          shared());
    }
  }

  /** What equal rows have in common. */
  private String shared() {
    if (generator.fingerprint().isEmpty()) {
      // A server's, whose answers are its own affair.
      return "questions and seeds";
    }
    return generator.effective().getOrDefault("decoding", "").equals("greedy")
        ? "answers"
        : "answers (--id-field names a field that tells rows apart)";
  }

  private String pieces() {
    String pieces =
        AnnotateText.pieces(report.pieces(), report.alreadyDone() ? 0 : report.resumedPieces());
    long taken = report.totals().takenRows();
    return taken == 0
        ? pieces
        : pieces + Text.of("; %,d rows were finished by attempts that ended before", taken);
  }

  private String tokens(GenerateTotals totals) {
    double seconds = report.seconds().total();
    boolean all = report.resumedPieces() == 0 && totals.takenRows() == 0;
    String rate =
        seconds > 0 && all && !report.alreadyDone()
            ? Text.of(", %,.0f a second", totals.answers().tokens() / seconds)
            : "";
    return Text.of(
        "%,d generated%s; of prompts %,d presented, %,d computed",
        totals.answers().tokens(), rate, totals.presentedTokens(), totals.computedTokens());
  }

  private String time() {
    GenerateReport.Seconds seconds = report.seconds();
    return Text.of(
        "%.1f s (load %.1f, model %.1f)%s",
        seconds.total(),
        seconds.load(),
        seconds.busy(),
        AnnotateText.afterSpark(report.alreadyDone(), sparkSeconds));
  }
}
