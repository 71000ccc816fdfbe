package io.touchstone.jobs.annotate;

import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.PlanRecord;
import io.touchstone.files.part.PartFormat;
import io.touchstone.files.read.FormatChoice;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.InputListing;
import io.touchstone.files.read.Piece;
import io.touchstone.files.read.SkippedFiles;
import io.touchstone.jobs.ResultColumns;
import io.touchstone.ledger.LedgerFolder;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ScoreIdentity;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * A job's work, in the order of its input.
 *
 * @param skipped files of folders and globs that are not read
 * @param parts what the rows are written as
 */
public record AnnotatePlan(
    AnnotateConfig config,
    ModelDescription model,
    List<InputFile> files,
    List<Piece> pieces,
    SkippedFiles skipped,
    PartFormat parts) {

  public AnnotatePlan {
    files = List.copyOf(files);
    pieces = List.copyOf(pieces);
  }

  /**
   * Lists the inputs, finds each file's format and cuts the files into pieces; needs no Spark.
   *
   * <p>Arguments keep their order. Folders are listed with all their subfolders, in the order of
   * their paths, without names that begin with {@code _} or {@code .}; a file that several
   * arguments name counts once, where it comes first.
   *
   * <p>Without an output folder, as for a survey, none of the inputs can lie in it.
   *
   * @throws Refused with every problem of the inputs, or that of the ledger
   */
  public static AnnotatePlan of(
      AnnotateConfig config, Configuration hadoop, ModelDescription model) {
    FormatChoice format =
        config
            .format()
            .<FormatChoice>map(FormatChoice.Named::new)
            .orElseGet(FormatChoice.ByFields::new);
    InputListing listing =
        InputListing.of(
            config.reading().request(config.output().stream().toList(), format), hadoop);
    ScorableFormats.check(
        config,
        model,
        listing.files().stream().map(InputFile::format).filter(Objects::nonNull).toList());
    OwnPrinciples.check(config, listing.files(), hadoop);
    if (config.ledger() instanceof LedgerChoice.Folder ledger) {
      checkLedger(ledger.path(), hadoop);
    }
    return new AnnotatePlan(
        config,
        model,
        listing.files(),
        listing.pieces(config.reading().pieceBytes()),
        listing.skipped(),
        new PartFormat.Lines(config.writing().compression()));
  }

  /**
   * The same plan, with parts that are Parquet files of the columns that the inputs show.
   *
   * @throws Refused if the inputs have no columns in common
   */
  public AnnotatePlan inColumns(Configuration hadoop) {
    if (files.stream().anyMatch(file -> FormatTable.EDITS.equals(file.format()))) {
      throw Refused.because(
          Problem.at("--output-format").expected("jsonl beside --format edits").found("parquet"));
    }
    return new AnnotatePlan(
        config,
        model,
        files,
        pieces,
        skipped,
        new PartFormat.Records(
            new ResultColumns(config.reading().maxLineBytes(), hadoop).of(files, this::sample)));
  }

  /** What shows how a file's rows will look; empty for a file without rows. */
  public Optional<SampleScores> sample(InputFile file) {
    return Optional.ofNullable(file.format()).map(format -> new SampleScores(this, format));
  }

  private static void checkLedger(String ledger, Configuration hadoop) {
    try {
      LedgerFolder.of(ledger, hadoop).check();
    } catch (IOException | IllegalArgumentException e) {
      throw Refused.because("--ledger: " + e.getMessage());
    }
  }

  /** What the output folder keeps of the plan. */
  public PlanRecord record() {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put("scoring-version", Integer.toString(ScoreIdentity.SCORING_VERSION));
    settings.put("model.fingerprint", model.fingerprint());
    settings.put("model.attributes", String.join(",", model.attributes()));
    settings.put("model.max-tokens", Integer.toString(model.maxTokens()));
    settings.put("model.prompt", model.prompt());
    settings.put("model.template-date", model.templateDate());
    settings.put("model.precision", model.precision());
    settings.putAll(asked());
    if (model.steps().areJudged()) {
      settings.put("model.head", model.head());
      settings.put("model.steps", model.steps().toString());
    }
    settings.put("format", config.format().map(RowFormat::described).orElse("by its fields"));
    settings.put("reading-version", Integer.toString(RowReader.VERSION));
    settings.putAll(config.rules().settings());
    settings.putAll(config.labels().settings());
    settings.putAll(config.writing().settings());
    settings.putAll(config.reading().settings());
    settings.putAll(parts.settings());
    settings.putAll(config.provenance().settings());
    return new PlanRecord(settings, files, pieces.size());
  }

  /** Whether the model of a plan that was kept wrote judgements. */
  public static boolean isJudged(PlanRecord plan) {
    return ModelDescription.isJudged(plan.settings().getOrDefault("model.prompt", ""));
  }

  /** What the model is asked, and what of its answer is read; nothing where it is not asked. */
  private SortedMap<String, String> asked() {
    SortedMap<String, String> settings = new TreeMap<>();
    if (model.isAsked()) {
      settings.put("model.head", model.head());
      settings.put("model.question", model.question().text());
      settings.put(
          "model.principles",
          model.question().principles().stream()
              .map(principle -> principle.name() + "=" + principle.text())
              .collect(Collectors.joining("\n")));
    }
    return settings;
  }

  /**
   * The folder that receives the result.
   *
   * @throws Refused if there can be no such folder
   */
  public OutputFolder folder(Configuration hadoop) {
    return OutputFolder.of(record(), config.output().orElseThrow(), hadoop).with(parts);
  }

  public long bytes() {
    return files.stream().mapToLong(InputFile::bytes).sum();
  }
}
