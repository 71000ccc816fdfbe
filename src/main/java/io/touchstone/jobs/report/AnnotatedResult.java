package io.touchstone.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.ScoredTurns;
import io.touchstone.files.JsonFile;
import io.touchstone.files.commit.OutputLayout;
import io.touchstone.files.commit.PieceCommit;
import io.touchstone.files.commit.PlanFile;
import io.touchstone.files.commit.PlanRecord;
import io.touchstone.files.read.FormatChoice;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.InputListing;
import io.touchstone.files.read.InputRequest;
import io.touchstone.jobs.annotate.RowWriting;
import io.touchstone.problem.Refused;
import io.touchstone.selection.report.RunFigures;
import io.touchstone.selection.report.ScoreField;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder of a finished annotate job, to be read. */
final class AnnotatedResult {
  private static final Pattern PART = Pattern.compile("part-(\\d+)\\..*");
  private static final String FINGERPRINT = "model.fingerprint";
  private static final int MOST_RUNS_BACK = 8;

  private final OutputLayout layout;
  private final PlanRecord plan;
  private final JsonNode run;
  private final Configuration hadoop;

  private AnnotatedResult(
      OutputLayout layout, PlanRecord plan, JsonNode run, Configuration hadoop) {
    this.layout = layout;
    this.plan = plan;
    this.run = run;
    this.hadoop = hadoop;
  }

  /**
   * @param name what the user calls the folder, such as a flag
   * @throws Refused if there is no such result, or it is not finished
   */
  static AnnotatedResult open(String name, String folder, Configuration hadoop) {
    String at = name + ": [" + folder + "] expected a finished result of jobs/annotate, found ";
    try {
      Path path = new Path(folder);
      FileSystem files = path.getFileSystem(hadoop);
      if (!files.exists(path)) {
        throw refused(at + "nothing there");
      }
      if (!files.getFileStatus(path).isDirectory()) {
        throw refused(at + "a file");
      }
      Path root = files.makeQualified(path);
      OutputLayout bare = OutputLayout.of(root, 0);
      if (!files.exists(bare.plan())) {
        throw refused(at + "a folder without " + bare.plan().getName());
      }
      PlanRecord plan = plan(bare.plan(), hadoop);
      if (!plan.settings().containsKey(FINGERPRINT) || plan.settings().containsKey("job")) {
        throw refused(at + "that of another job");
      }
      if (!files.exists(bare.success())) {
        throw refused(
            at + "one that was begun: the same jobs/annotate command run again finishes it");
      }
      OutputLayout layout = OutputLayout.of(root, plan.pieces());
      return new AnnotatedResult(layout, plan, tree(layout.summary(), hadoop), hadoop);
    } catch (JsonProcessingException e) {
      throw refused(at + "one whose _plan.json or run.json is none that this version has written");
    } catch (IOException | IllegalArgumentException e) {
      throw refused(at + "one that cannot be read: " + e.getMessage());
    }
  }

  private static Refused refused(String problem) {
    return Refused.because(problem);
  }

  private static PlanRecord plan(Path file, Configuration hadoop) throws IOException {
    return JsonFile.read(bytes(file, hadoop), PlanFile.class).plan();
  }

  private static JsonNode tree(Path file, Configuration hadoop) throws IOException {
    return JsonFile.tree(bytes(file, hadoop));
  }

  private static byte[] bytes(Path file, Configuration hadoop) throws IOException {
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      return in.readAllBytes();
    }
  }

  OutputLayout layout() {
    return layout;
  }

  /** A file of scored rows, and the file that they come from. */
  record Part(InputFile file, String source, RowFormat format) {}

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
    PieceCommit commit = JsonFile.read(bytes(layout.stats(piece), hadoop), PieceCommit.class);
    return commit.stats().path("source").asText();
  }

  ScoredTurns turns() {
    return ScoredTurns.valueOf(setting("turns").toUpperCase(Locale.ROOT));
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
    List<ScoreField> fields = new ArrayList<>();
    addFields(plan, fields, MOST_RUNS_BACK);
    return fields;
  }

  /** The oldest first. */
  private void addFields(PlanRecord of, List<ScoreField> fields, int runsBack) {
    of.inputs().stream()
        .map(input -> new Path(input.path()).getParent())
        .distinct()
        .flatMap(folder -> annotatePlan(folder).stream())
        .filter(earlier -> runsBack > 0)
        .forEach(earlier -> addFields(earlier, fields, runsBack - 1));
    ScoreField scores = new ScoreField(Optional.ofNullable(of.settings().get("field")));
    Optional<ScoreField> scalar = RowWriting.scalarOf(of).map(ScoreField::named);
    Stream.concat(Stream.of(scores), scalar.stream())
        .filter(field -> !fields.contains(field))
        .forEach(fields::add);
  }

  /** Empty if no annotate job has made the folder, or it is gone. */
  private Optional<PlanRecord> annotatePlan(Path folder) {
    try {
      PlanRecord found = plan(OutputLayout.of(folder, 0).plan(), hadoop);
      return found.settings().containsKey(FINGERPRINT) ? Optional.of(found) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Settings that another result was made with otherwise, and that may change scores. */
  List<String> settingsUnlike(AnnotatedResult other) {
    TreeMap<String, String> all = new TreeMap<>(plan.settings());
    all.putAll(other.plan.settings());
    return all.keySet().stream()
        .filter(
            key -> key.startsWith("model.") || key.equals("labels") || key.equals("calibration"))
        .filter(key -> !setting(key).equals(other.setting(key)))
        .toList();
  }

  RunFigures figures() {
    JsonNode model = run.path("model");
    JsonNode counts = run.path("rows");
    JsonNode tokens = run.path("tokens");
    RunFigures.Rows rows =
        new RunFigures.Rows(
            counts.path("in").asLong(),
            counts.path("out").asLong(),
            counts.path("rejected").asLong(),
            counts.path("blank").asLong());
    RunFigures.Tokens saved =
        RunFigures.Tokens.of(
            tokens.path("presented").asLong(),
            tokens.path("computed").asLong(),
            run.path("known").path("tokens").asLong());
    boolean resumed = run.path("pieces").path("resumed").asLong() > 0;
    return new RunFigures(
        new RunFigures.Model(
            model.path("path").asText(),
            model.path("architecture").asText(),
            model.path("fingerprint").asText(),
            model.path("precision").asText()),
        setting("labels"),
        rows,
        saved,
        resumed
            ? null
            : RunFigures.Speed.of(run.path("seconds").path("total").asDouble(), rows, saved));
  }

  /** Rejected lines by kind. */
  Map<String, Long> rejected() {
    Map<String, Long> kinds = new TreeMap<>();
    run.path("rejectedByKind")
        .fields()
        .forEachRemaining(kind -> kinds.put(kind.getKey(), kind.getValue().asLong()));
    return kinds;
  }
}
