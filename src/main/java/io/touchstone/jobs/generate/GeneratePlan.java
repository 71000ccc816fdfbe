package io.touchstone.jobs.generate;

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
import io.touchstone.generation.GeneratorDescription;
import io.touchstone.jobs.ResultColumns;
import io.touchstone.problem.Refused;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * A job's work, in the order of its input.
 *
 * @param skipped files of folders and globs that are not read
 * @param parts what the rows are written as
 */
public record GeneratePlan(
    GenerateConfig config,
    GeneratorDescription generator,
    List<InputFile> files,
    List<Piece> pieces,
    SkippedFiles skipped,
    PartFormat parts) {

  /**
   * Which answers this program gives: one more whenever the same prompt may be answered otherwise.
   * Folders begun by another version are refused.
   */
  public static final int GENERATION_VERSION = 1;

  public GeneratePlan {
    files = List.copyOf(files);
    pieces = List.copyOf(pieces);
  }

  /**
   * Lists the inputs, finds each file's format and cuts the files into pieces, as {@link
   * io.touchstone.jobs.annotate.AnnotatePlan#of} does; needs no Spark.
   *
   * @throws Refused with every problem of the inputs
   */
  public static GeneratePlan of(
      GenerateConfig config, Configuration hadoop, GeneratorDescription generator) {
    FormatChoice format =
        config
            .format()
            .<FormatChoice>map(FormatChoice.Named::new)
            .orElseGet(FormatChoice.ByPrompts::new);
    InputListing listing =
        InputListing.of(
            config.reading().request(config.output().stream().toList(), format), hadoop);
    new FirstPrompts(config, hadoop).check(listing.files());
    return new GeneratePlan(
        config,
        generator,
        listing.files(),
        listing.pieces(config.reading().pieceBytes()),
        listing.skipped(),
        new PartFormat.Lines(config.compression()));
  }

  /**
   * The same plan, with parts that are Parquet files of the columns that the inputs show.
   *
   * @throws Refused if an input cannot be read
   */
  public GeneratePlan inColumns(Configuration hadoop) {
    return new GeneratePlan(
        config,
        generator,
        files,
        pieces,
        skipped,
        new PartFormat.Records(
            new ResultColumns(config.reading().maxLineBytes(), hadoop)
                .of(
                    files,
                    file ->
                        Optional.ofNullable(file.format())
                            .map(format -> new SampleAnswers(config.prompts(), format)))));
  }

  /** What the output folder keeps of the plan. */
  public PlanRecord record() {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put("generation-version", Integer.toString(GENERATION_VERSION));
    settings.put(
        "model.fingerprint",
        generator.fingerprint().isEmpty() ? generator.model() : generator.fingerprint());
    settings.put("model.max-tokens", Integer.toString(generator.maxTokens()));
    settings.put("model.precision", generator.precision());
    generator.effective().forEach((name, value) -> settings.put("generation." + name, value));
    settings.put("format", config.format().map(RowFormat::described).orElse("by its fields"));
    settings.put("reading-version", Integer.toString(RowReader.VERSION));
    settings.putAll(config.prompts().settings());
    PlanRecord.put(config.compression(), settings);
    settings.putAll(config.reading().settings());
    settings.putAll(parts.settings());
    settings.putAll(config.provenance().settings());
    return new PlanRecord(settings, files, pieces.size());
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
