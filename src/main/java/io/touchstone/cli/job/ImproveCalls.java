package io.touchstone.cli.job;

import io.touchstone.cli.call.Destination;
import io.touchstone.cli.call.JobCall;
import io.touchstone.cli.call.Layer;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.settings.AnnotateSettings;
import io.touchstone.cli.settings.EndpointSettings;
import io.touchstone.cli.settings.GenerateSettings;
import io.touchstone.cli.settings.ImproveSettings;
import io.touchstone.cli.settings.InputSettings;
import io.touchstone.cli.settings.ModelSettings;
import io.touchstone.cli.settings.OutputSettings;
import io.touchstone.cli.settings.RecipeSettings;
import io.touchstone.cli.settings.RunSettings;
import io.touchstone.cli.settings.SamplingSettings;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From the call of {@code improve} to those of its stages. */
final class ImproveCalls {
  private static final String FEEDBACK = "feedback";
  private static final String EDITS = "edits";
  private static final String SPARK = "spark.";
  private static final String OF_MODEL = "model.";

  /** Of stages whose scores are compared with each other, one by one. */
  private static final Set<String> OF_SCORES =
      Setting.keys(
          InputSettings.FORMAT,
          InputSettings.MAP,
          AnnotateSettings.FIELD,
          AnnotateSettings.SCALAR,
          AnnotateSettings.LABELS,
          AnnotateSettings.CALIBRATION,
          OutputSettings.FORMAT);

  /** Of stages whose rows the stage before has written. */
  private static final Set<String> WITHIN = Setting.keys(InputSettings.FORMAT, InputSettings.MAP);

  private final JobRun run;
  private final Problems problems;

  /**
   * @param problems is told what is missing, and what would contradict the call
   */
  ImproveCalls(JobRun run, Problems problems) {
    this.run = run;
    this.problems = problems;
  }

  /** The settings of one stage, as they gather. */
  private final class Gathering {
    final Map<String, Layer.Entry> own = new LinkedHashMap<>();
    boolean whole = true;

    void put(Setting<?> target, Setting<?> from) {
      own.put(target.key(), run.settings().entry(from));
    }

    void put(Setting<?> target, String text, Setting<?> from) {
      Layer.Entry entry = run.settings().entry(from);
      own.put(target.key(), new Layer.Entry(text, entry.origin(), entry.name()));
    }

    void fix(Setting<?> target, String text) {
      own.put(target.key(), new Layer.Entry(text, "jobs/improve", target.flag()));
    }

    void putIfChanged(Setting<?> target, Setting<?> from) {
      if (run.settings().isChanged(from)) {
        put(target, from);
      }
    }

    void missing(Setting<?> setting, String expected) {
      problems.add(Problem.at(setting.flag()).expected(expected).found("nothing"));
      whole = false;
    }
  }

  /** Empty where something is missing, which has been told. */
  Optional<JobCall> of(ImproveStage stage) {
    Gathering settings = new Gathering();
    switch (stage) {
      case RESPONSES -> {
        generator(ImproveSettings.GENERATE_MODEL, settings);
        settings.put(SamplingSettings.SAMPLES, ImproveSettings.RESPONSES);
        settings.put(SamplingSettings.MAX_NEW_TOKENS, ImproveSettings.RESPONSE_TOKENS);
        if (run.get(ImproveSettings.RESPONSE_TOKENS).isEmpty()) {
          settings.missing(
              ImproveSettings.RESPONSE_TOKENS, "the most tokens that a response may have");
        }
        settings.putIfChanged(GenerateSettings.FORMAT, ImproveSettings.FORMAT);
        settings.putIfChanged(InputSettings.MAP, InputSettings.MAP);
        settings.put(RecipeSettings.ANSWERS_FROM, ImproveSettings.RESPONSES_FROM);
      }
      case SELECTED -> scorer(settings);
      case FEEDBACK -> {
        generator(ImproveSettings.FEEDBACK_MODEL, settings);
        settings.put(SamplingSettings.SAMPLES, ImproveSettings.FEEDBACKS);
        settings.put(SamplingSettings.MAX_NEW_TOKENS, ImproveSettings.FEEDBACK_TOKENS);
        recipe(ImproveSettings.FEEDBACK_RECIPE, FEEDBACK, settings);
        settings.put(RecipeSettings.ANSWERS_FROM, ImproveSettings.FEEDBACK_FROM);
      }
      case EDITS -> {
        generator(ImproveSettings.EDIT_MODEL, settings);
        settings.put(SamplingSettings.SAMPLES, ImproveSettings.EDITS);
        settings.put(SamplingSettings.MAX_NEW_TOKENS, ImproveSettings.EDIT_TOKENS);
        recipe(ImproveSettings.EDIT_RECIPE, EDITS, settings);
        settings.fix(RecipeSettings.FEEDBACK_FROM, FEEDBACK);
        settings.putIfChanged(
            RecipeSettings.EDIT_WITHOUT_FEEDBACK, ImproveSettings.EDIT_WITHOUT_FEEDBACK);
      }
      case BEST -> {
        scorer(settings);
        settings.fix(InputSettings.FORMAT, FormatTable.EDITS.word());
      }
    }
    alike(stage, settings);
    Layer all = joined(stage, settings.own);
    return settings.whole ? Optional.of(call(stage, all)) : Optional.empty();
  }

  private void generator(Setting<Optional<String>> model, Gathering settings) {
    Optional<String> named = run.get(model);
    if (named.isEmpty()) {
      settings.missing(model, model.shape());
      return;
    }
    String text = named.get();
    if (!text.contains("://")) {
      settings.put(GenerateSettings.MODEL, model);
      return;
    }
    int hash = text.lastIndexOf('#');
    if (hash < 0 || hash == text.length() - 1) {
      problems.add(
          Problem.at(model.flag())
              .expected("URL#NAME, where NAME is the model's on the server")
              .found(text));
      settings.whole = false;
      return;
    }
    settings.put(EndpointSettings.URL, text.substring(0, hash), model);
    settings.put(EndpointSettings.MODEL, text.substring(hash + 1), model);
  }

  private void scorer(Gathering settings) {
    if (run.get(ImproveSettings.SELECT_MODEL).isEmpty()) {
      settings.missing(ImproveSettings.SELECT_MODEL, ImproveSettings.SELECT_MODEL.shape());
      return;
    }
    settings.put(ModelSettings.MODEL, ImproveSettings.SELECT_MODEL);
  }

  private void recipe(Setting<String> file, String into, Gathering settings) {
    String typed = run.get(file);
    Path installed = run.terminal().installation().home().orElse(Path.of("")).resolve(typed);
    boolean isOurs = !Files.exists(Path.of(typed)) && Files.exists(installed);
    settings.put(RecipeSettings.FILE, isOurs ? installed.toString() : typed, file);
    settings.fix(RecipeSettings.INTO, into);
  }

  /** What is the same for all stages, where the call says so. */
  private void alike(ImproveStage stage, Gathering settings) {
    boolean served = settings.own.containsKey(EndpointSettings.URL.key());
    settings.putIfChanged(InputSettings.MAX_LINE_BYTES, InputSettings.MAX_LINE_BYTES);
    settings.putIfChanged(InputSettings.PIECE_BYTES, InputSettings.PIECE_BYTES);
    settings.putIfChanged(OutputSettings.MAX_REJECTED, OutputSettings.MAX_REJECTED);
    settings.putIfChanged(RunSettings.THREADS, RunSettings.THREADS);
    if (!served) {
      settings.putIfChanged(RunSettings.DEVICE, RunSettings.DEVICE);
      settings.putIfChanged(
          stage.generates() ? GenerateSettings.MEMORY : RunSettings.MEMORY, ImproveSettings.MEMORY);
    }
  }

  /** With what files say of the stage alone, which may not say what the call says. */
  private Layer joined(ImproveStage stage, Map<String, Layer.Entry> own) {
    Map<String, Layer.Entry> all = new LinkedHashMap<>(own);
    run.settings()
        .spark()
        .forEach((key, text) -> all.put(key, new Layer.Entry(text, "jobs/improve", key)));
    if (stage == ImproveStage.BEST) {
      run.settings()
          .ofStage(ImproveStage.SELECTED.word())
          .entries()
          .forEach(
              (key, entry) -> {
                if (key.startsWith(OF_MODEL)) {
                  all.putIfAbsent(key, entry);
                }
              });
    }
    Set<String> kept =
        switch (stage) {
          case RESPONSES -> Set.of();
          case FEEDBACK, EDITS -> WITHIN;
          case SELECTED, BEST -> OF_SCORES;
        };
    run.settings()
        .ofStage(stage.word())
        .entries()
        .forEach(
            (key, entry) -> {
              boolean ofOtherStage = stage == ImproveStage.BEST && key.startsWith(OF_MODEL);
              boolean ofCall = own.containsKey(key) && !isAlike(key);
              if (ofOtherStage || ofCall || kept.contains(key)) {
                problems.add(
                    Problem.at(entry.name())
                        .expected(
                            ofOtherStage
                                ? ImproveStage.SELECTED.word()
                                    + "."
                                    + key
                                    + " in its place, as one model scores in both stages"
                                : "a setting that jobs/improve does not decide for the stage")
                        .found("one that it does"));
              } else {
                all.put(key, entry);
              }
            });
    return new Layer(all);
  }

  /** A stage may have its own value of what the call says for all. */
  private static boolean isAlike(String key) {
    return Setting.keys(
                InputSettings.MAX_LINE_BYTES,
                InputSettings.PIECE_BYTES,
                OutputSettings.MAX_REJECTED,
                RunSettings.THREADS,
                RunSettings.DEVICE,
                RunSettings.MEMORY)
            .contains(key)
        || key.startsWith(SPARK);
  }

  private JobCall call(ImproveStage stage, Layer settings) {
    Set<Toggle> toggles = EnumSet.noneOf(Toggle.class);
    for (Toggle toggle : List.of(Toggle.QUIET, Toggle.RESTART, Toggle.STACKTRACE)) {
      if (run.call().toggles().contains(toggle)) {
        toggles.add(toggle);
      }
    }
    Optional<String> output = folder(stage, run);
    if (output.isEmpty()) {
      toggles.add(Toggle.DRY_RUN);
    }
    return new JobCall(
        inputs(stage),
        output.map(path -> Map.of(Destination.OUTPUT.flag(), path)).orElse(Map.of()),
        List.of(),
        settings,
        toggles);
  }

  private List<String> inputs(ImproveStage stage) {
    if (stage == ImproveStage.RESPONSES) {
      return run.call().inputs();
    }
    return List.of(folder(stage.before(), run).orElse(stage.before().folder()));
  }

  /** Where a stage's result lies; empty where the call has no folder, as for a dry run. */
  static Optional<String> folder(ImproveStage stage, JobRun run) {
    return run.call()
        .folder(Destination.OUTPUT)
        .map(root -> (root.endsWith("/") ? root : root + "/") + stage.folder());
  }
}
