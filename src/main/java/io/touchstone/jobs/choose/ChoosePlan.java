package io.touchstone.jobs.choose;

import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.OutputFolders;
import io.touchstone.files.commit.PlanRecord;
import io.touchstone.files.part.PartFormat;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.InputListing;
import io.touchstone.files.read.Piece;
import io.touchstone.files.read.SkippedFiles;
import io.touchstone.files.scan.NameProbe;
import io.touchstone.jobs.ResultColumns;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.problem.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;

/**
 * The work of a job that reads rows and writes rows, in the order of its input.
 *
 * @param record what the output folders are made from
 * @param skipped files of folders and globs that are not read
 * @param parts what the rows are written as
 */
public record ChoosePlan(
    ChooseConfig config,
    PlanRecord record,
    List<Piece> pieces,
    SkippedFiles skipped,
    PartFormat parts) {

  public ChoosePlan {
    pieces = List.copyOf(pieces);
  }

  /**
   * Lists the inputs and cuts them into pieces; needs no Spark.
   *
   * @throws Refused with every problem of the inputs
   */
  public static ChoosePlan of(ChooseConfig config, Configuration hadoop) {
    InputListing listing =
        InputListing.of(config.reading().request(config.outputs(), config.format()), hadoop);
    List<Piece> pieces = listing.pieces(config.reading().pieceBytes());
    return new ChoosePlan(
        config,
        new PlanRecord(config.settings(), listing.files(), pieces.size()),
        pieces,
        listing.skipped(),
        new PartFormat.Lines(config.compression()));
  }

  /** The plan of a job whose rows another job is yet to annotate, piece by piece. */
  public static ChoosePlan after(AnnotatePlan first, ChooseConfig config) {
    PlanRecord scoring = first.record();
    SortedMap<String, String> settings = new TreeMap<>(scoring.settings());
    settings.putAll(config.settings());
    return new ChoosePlan(
        config,
        new PlanRecord(settings, first.files(), first.pieces().size()),
        first.pieces(),
        first.skipped(),
        new PartFormat.Lines(config.compression()));
  }

  /** The same plan over the parts of another job's output. */
  public ChoosePlan over(List<Piece> parts) {
    return new ChoosePlan(config, record, parts, skipped, this.parts);
  }

  /**
   * The same plan, with parts that are Parquet files of the columns that the inputs show.
   *
   * @param making what the job makes of a file's rows
   * @throws Refused if an input cannot be read
   */
  public ChoosePlan inColumns(
      Function<InputFile, Optional<? extends ResultColumns.RowMaking>> making,
      Configuration hadoop) {
    PartFormat columns =
        new PartFormat.Records(
            new ResultColumns(config.reading().maxLineBytes(), hadoop).of(record.inputs(), making));
    SortedMap<String, String> settings = new TreeMap<>(record.settings());
    settings.putAll(columns.settings());
    return new ChoosePlan(
        config,
        new PlanRecord(settings, record.inputs(), record.pieces()),
        pieces,
        skipped,
        columns);
  }

  public long bytes() {
    return pieces.stream().mapToLong(Piece::bytes).sum();
  }

  /** Where names that the job asks its rows for are looked up before it begins. */
  public NameProbe.ProbedFiles firstRows(Configuration hadoop) {
    return new NameProbe.ProbedFiles(record.inputs(), config.reading().maxLineBytes(), hadoop);
  }

  /** The folders of the plan, each with a record that says which of them it is. */
  public OutputFolders folders(Configuration hadoop) {
    List<OutputFolder> folders = new ArrayList<>();
    for (int i = 0; i < config.outputs().size(); i++) {
      SortedMap<String, String> settings = new TreeMap<>(record.settings());
      settings.put("folder", (i + 1) + " of " + config.outputs().size());
      folders.add(
          OutputFolder.of(
                  new PlanRecord(settings, record.inputs(), record.pieces()),
                  config.outputs().get(i),
                  hadoop)
              .with(parts));
    }
    return new OutputFolders(folders);
  }
}
