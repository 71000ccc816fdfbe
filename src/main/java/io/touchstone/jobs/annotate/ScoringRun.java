package io.touchstone.jobs.annotate;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.files.JsonFile;
import io.touchstone.files.ResultNames;
import io.touchstone.files.WholeFile;
import io.touchstone.files.read.InputFile;
import io.touchstone.jobs.RowCounts;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The run that scored the rows of a folder, as {@code _run.json} tells those that read them: what
 * it lacks, as another version may have written it, is empty or 0.
 *
 * @param labels {@code float} or {@code rounded}
 * @param field the word by which it named its scores; empty for the formats' own
 * @param judged what its model judges
 */
public record ScoringRun(
    Model model,
    String labels,
    Optional<String> field,
    Judged judged,
    RowCounts rows,
    SortedMap<String, Long> rejectedByKind,
    Tokens tokens,
    Made made) {

  private static final String OWN_FIELDS = "auto";

  private static final String UNCUT = "none";

  /** What a score is of. */
  public enum Judged {
    ANSWERS,
    /** It is made of those of an answer's steps. */
    STEPS
  }

  /** Who gave the scores. */
  public record Model(
      String path,
      String fingerprint,
      String architecture,
      String precision,
      List<String> attributes,
      Reading reading) {}

  /**
   * How that model was understood, as {@link io.touchstone.scoring.ModelReading} has it.
   *
   * @param tokenizer {@code transformers5} or {@code file}
   * @param readOut empty where it is the model's own head
   */
  public record Reading(
      String tokenizer, List<String> tokenizerDifferences, String readOut, List<String> warnings) {}

  /**
   * @param known of those presented, what a ledger spared
   * @param generated of answers, where it has given any
   */
  public record Tokens(long presented, long computed, long known, long generated) {}

  /**
   * @param resumedPieces that earlier runs had made
   * @param seconds of the run that finished the job
   * @param unsteadyPieces as {@link AnnotateReport} has them
   * @param finished when; empty where it does not say
   */
  public record Made(
      int resumedPieces,
      AnnotateReport.Seconds seconds,
      long unsteadyPieces,
      Optional<Instant> finished) {}

  /**
   * Empty if there is no {@code _run.json}, nor one by its older name, or none of a job that
   * scores.
   */
  public static Optional<ScoringRun> beside(InputFile file, Configuration hadoop)
      throws IOException {
    Path folder = new Path(file.path()).getParent();
    for (ResultNames names : ResultNames.values()) {
      try {
        return Optional.of(read(new Path(folder, names.summary()), hadoop))
            .filter(run -> !run.model.fingerprint.isEmpty());
      } catch (FileNotFoundException e) {
        // Rows that were copied without their plan: only the file itself tells its name.
        continue;
      }
    }
    return Optional.empty();
  }

  public static ScoringRun read(Path file, Configuration hadoop) throws IOException {
    JsonNode run = JsonFile.tree(WholeFile.read(file, hadoop));
    return of(run, run.path("model"), run.path("model").path("path"));
  }

  /** That of a job that generates, which has no scores. */
  public static ScoringRun readGenerating(Path file, Configuration hadoop) throws IOException {
    JsonNode run = JsonFile.tree(WholeFile.read(file, hadoop));
    return of(run, run.path("generator"), run.path("generator").path("model"));
  }

  private static ScoringRun of(JsonNode run, JsonNode model, JsonNode path) {
    List<String> attributes = texts(model.path("attributes"));
    JsonNode rows = run.path("rows");
    SortedMap<String, Long> rejected = new TreeMap<>();
    for (var kind : run.path("rejectedByKind").properties()) {
      rejected.put(kind.getKey(), kind.getValue().asLong());
    }
    JsonNode configuration = run.path("configuration");
    JsonNode seconds = run.path("seconds");
    return new ScoringRun(
        new Model(
            path.asText(),
            model.path("fingerprint").asText(),
            model.path("architecture").asText(),
            model.path("precision").asText(),
            attributes,
            reading(model.path("reading"))),
        configuration.path("output.labels").asText("float"),
        Optional.of(configuration.path("output.field").asText(OWN_FIELDS))
            .filter(field -> !field.equals(OWN_FIELDS)),
        configuration.path("model.step-separator").asText(UNCUT).equals(UNCUT)
            ? Judged.ANSWERS
            : Judged.STEPS,
        new RowCounts(
            rows.path("in").asLong(),
            rows.path("out").asLong(),
            rows.path("rejected").asLong(),
            rows.path("blank").asLong()),
        rejected,
        new Tokens(
            run.path("tokens").path("presented").asLong(),
            run.path("tokens").path("computed").asLong(),
            run.path("known").path("tokens").asLong(),
            run.path("tokens").path("generated").asLong()),
        new Made(
            run.path("pieces").path("resumed").asInt(),
            new AnnotateReport.Seconds(
                seconds.path("total").asDouble(),
                seconds.path("load").asDouble(),
                seconds.path("prepare").asDouble(),
                seconds.path("forward").asDouble()),
            run.path("unsteadyPieces").asLong(),
            instant(run.path("finished").asText())));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Reading reading(JsonNode reading) {
    return new Reading(
        reading.path("tokenizer").asText(),
        texts(reading.path("tokenizerDifferences")),
        reading.path("readOut").asText(),
        texts(reading.path("warnings")));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Whether a field holds this run's scores, and not those of a run before it. */
  public boolean wrote(String score) {
    return RowFormat.written(new ScoreFields(field.orElse(null), null)).contains(score);
  }
}
