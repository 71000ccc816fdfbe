package io.touchstone.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.ReadRules;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.files.WholeFile;
import io.touchstone.files.commit.OutputLayout;
import io.touchstone.files.commit.PieceCommit;
import io.touchstone.files.commit.PlanFile;
import io.touchstone.files.commit.PlanRecord;
import io.touchstone.files.read.FormatChoice;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.InputListing;
import io.touchstone.files.read.InputRequest;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.ScoringRun;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import io.touchstone.selection.report.RunFigures;
import io.touchstone.selection.report.ScoreField;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder of a finished job whose rows are scored, or generated and not scored, to be read. */
record ReportedResult(OutputLayout layout, PlanRecord plan, ScoringRun run, Configuration hadoop) {

  private static final String GENERATION = "generation-version";
  private static final String STEPS = "steps";

  /** Beside the model's own, settings that may change scores. */
  private static final Set<String> OF_SCORES = Set.of("labels", "calibration", STEPS);

  private static final Pattern PART = Pattern.compile("part-(\\d+)\\..*");

  /**
   * @param name what the user calls the folder, such as a flag
   * @throws Refused if there is no such result, or it is not finished
   */
  static ReportedResult open(String name, String folder, Configuration hadoop) {
    Problem.Expected result =
        Problem.at(name)
            .file(folder)
            .expected("a finished result of jobs/annotate or jobs/generate");
    try {
      Path path = new Path(folder);
      FileSystem files = path.getFileSystem(hadoop);
      if (!files.exists(path)) {
        throw Refused.because(result.found("nothing there"));
      }
      if (!files.getFileStatus(path).isDirectory()) {
        throw Refused.because(result.found("a file"));
      }
      Path root = files.makeQualified(path);
      OutputLayout bare = OutputLayout.of(root, 0);
      if (!files.exists(bare.plan())) {
        throw Refused.because(result.found("a folder without " + bare.plan().getName()));
      }
      PlanFile begun = PlanFile.read(WholeFile.read(bare.plan(), hadoop));
      PlanRecord plan = begun.plan();
      boolean known = isOfScoring(plan) || isOfGenerating(plan);
      if (!known || plan.settings().containsKey("job")) {
        throw Refused.because(result.found("that of another job"));
      }
      if (!files.exists(bare.success())) {
        throw Refused.because(
            result.found("one that was begun: the same command run again finishes it"));
      }
      OutputLayout layout = OutputLayout.of(root, plan.pieces()).of(begun);
      ScoringRun run =
          isOfGenerating(plan)
              ? ScoringRun.readGenerating(layout.summary(), hadoop)
              : ScoringRun.read(layout.summary(), hadoop);
      return new ReportedResult(layout, plan, run, hadoop);
    } catch (JsonProcessingException e) {
      throw Refused.because(
          result.found("one whose _plan.json or _run.json is none that this version has written"));
    } catch (IOException | IllegalArgumentException e) {
      throw Refused.because(result.found("one that cannot be read: " + e.getMessage()));
    }
  }

  /** The folder as users type it. */
  String shown() {
    return shown(layout.root());
  }

  static String shown(Path folder) {
    return folder.toString().replaceFirst("^file:(?://)?(?=/)", "");
  }

  static PlanRecord planIn(Path file, Configuration hadoop) throws IOException {
    return PlanFile.read(WholeFile.read(file, hadoop)).plan();
  }

  /** Whether a plan is one of a job that scores. */
  static boolean isOfScoring(PlanRecord plan) {
    return plan.settings().containsKey("model.fingerprint") && !isOfGenerating(plan);
  }

  private static boolean isOfGenerating(PlanRecord plan) {
    return plan.settings().containsKey(GENERATION);
  }

  /** Whether its rows have answers and no scores yet. */
  boolean isGenerated() {
    return isOfGenerating(plan);
  }

  /**
   * A file of rows, and the file that they come from.
   *
   * @param read the format in which they were read
   */
  record Part(InputFile file, String source, RowFormat read) {
    /** In which they are, now that they are scored. */
    RowFormat format() {
      return read.scored();
    }

    boolean isOfEdits() {
      return read.equals(FormatTable.EDITS);
    }
  }

  /** By path, in the order of the input; those without rows have no format, and are left out. */
  Map<String, Part> parts(long maxLineBytes) throws IOException {
    Map<String, InputFile> inputs = new HashMap<>();
    plan.inputs().forEach(input -> inputs.put(input.path(), input));
    TreeMap<Integer, InputFile> files = new TreeMap<>();
    InputRequest request =
        new InputRequest(
            List.of(layout.folder()), List.of(), maxLineBytes, new FormatChoice.Unneeded());
    for (InputFile file : InputListing.of(request, hadoop).files()) {
      Matcher part = PART.matcher(new Path(file.path()).getName());
      if (part.matches()) {
        files.put(Integer.parseInt(part.group(1)), file);
      }
    }
    Map<String, Part> parts = new LinkedHashMap<>();
    for (Map.Entry<Integer, InputFile> file : files.entrySet()) {
      String source = source(file.getKey());
      InputFile input = inputs.get(source);
      if (input != null && input.format() != null) {
        parts.put(
            file.getValue().path(),
            new Part(file.getValue(), source, Objects.requireNonNull(input.format())));
      }
    }
    return parts;
  }

  private String source(int piece) throws IOException {
    PieceCommit commit = PieceCommit.of(WholeFile.read(layout.stats(piece), hadoop));
    return commit.stats().path("source").asText();
  }

  ReadRules rules() {
    return ReadRules.of(plan.settings());
  }

  /** What a model of one output calls it. */
  String attribute() {
    return setting("model.attributes");
  }

  private String setting(String key) {
    return plan.settings().getOrDefault(key, "");
  }

  /** Under what names this run, and those whose results it has read, have written their scores. */
  List<ScoreField> fields() {
    return FieldHistory.of(plan, hadoop);
  }

  /** Whether the model wrote judgements. */
  boolean isJudged() {
    return AnnotatePlan.isJudged(plan);
  }

  /** What the model was asked behind each answer, or a judge's recipe; empty where nothing. */
  String question() {
    return setting("model.question");
  }

  /**
   * By what it was to judge, {@code NAME=TEXT} in a line each; empty where the call says nothing.
   */
  String principles() {
    return setting("model.principles");
  }

  /**
   * How answers were cut into steps, which were judged; empty where they were judged as a whole.
   */
  String steps() {
    return setting("model.steps");
  }

  /** What a reward is of those of its steps. */
  String aggregate() {
    return setting(STEPS);
  }

  /** Settings that another result was made with otherwise, and that may change scores. */
  List<String> settingsUnlike(ReportedResult other) {
    TreeMap<String, String> all = new TreeMap<>(plan.settings());
    all.putAll(other.plan.settings());
    return all.keySet().stream()
        .filter(key -> key.startsWith("model.") || OF_SCORES.contains(key))
        .filter(key -> !setting(key).equals(other.setting(key)))
        .toList();
  }

  /**
   * When its job was finished; a run that does not say so has left its mark then, unless the folder
   * was copied since.
   */
  private Instant finished() throws IOException {
    Optional<Instant> told = run.made().finished();
    return told.isPresent()
        ? told.get()
        : Instant.ofEpochMilli(
                layout
                    .success()
                    .getFileSystem(hadoop)
                    .getFileStatus(layout.success())
                    .getModificationTime())
            .truncatedTo(ChronoUnit.SECONDS);
  }

  RunFigures figures() throws IOException {
    RunFigures.Rows rows =
        new RunFigures.Rows(
            run.rows().in(), run.rows().out(), run.rows().rejected(), run.rows().blank());
    RunFigures.Tokens tokens =
        RunFigures.Tokens.of(
            run.tokens().presented(), run.tokens().computed(), run.tokens().known());
    return new RunFigures(
        finished().toString(),
        new RunFigures.Model(
            run.model().path(),
            run.model().architecture(),
            run.model().fingerprint(),
            run.model().precision()),
        isGenerated() ? null : setting("labels"),
        rows,
        tokens,
        run.made().resumedPieces() > 0
            ? null
            : RunFigures.Speed.of(run.made().seconds().total(), rows, tokens));
  }
}
