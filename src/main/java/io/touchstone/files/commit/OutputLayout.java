package io.touchstone.files.commit;

import io.touchstone.files.Compression;
import io.touchstone.files.FileKind;
import io.touchstone.files.ResultNames;
import io.touchstone.files.part.PartFormat;
import java.io.Serializable;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/**
 * Where things lie in an output folder.
 *
 * @param folder fully qualified
 * @param digits of a piece's number in file names
 * @param run as {@code _plan.json} names it; empty before the folder is begun
 * @param names as {@code _plan.json} has them; those of a new folder before it is begun
 * @param parts what the parts are; rejected lines, which people look at, stay plain lines
 */
public record OutputLayout(
    String folder, int digits, String run, ResultNames names, PartFormat parts)
    implements Serializable {

  private static final int LEAST_DIGITS = 5;
  private static final String FINISHED_ROWS = ".finished-";

  /** With plain parts, and the names of a new folder. */
  public static OutputLayout of(Path folder, int pieces) {
    int needed = Integer.toString(Math.max(0, pieces - 1)).length();
    return new OutputLayout(
        folder.toString(),
        Math.max(LEAST_DIGITS, needed),
        "",
        ResultNames.UNDERSCORED,
        new PartFormat.Lines(Compression.NONE));
  }

  public OutputLayout of(String run) {
    return new OutputLayout(folder, digits, run, names, parts);
  }

  /** As a folder is laid out whose plan this is. */
  public OutputLayout of(PlanFile plan) {
    return new OutputLayout(folder, digits, plan.run(), plan.names(), parts);
  }

  OutputLayout with(PartFormat parts) {
    return new OutputLayout(folder, digits, run, names, parts);
  }

  public Path root() {
    return new Path(folder);
  }

  public Path part(int piece) {
    return new Path(root(), partName(piece));
  }

  Path rejected(int piece) {
    return new Path(rejectedFolder(), rejectedName(piece));
  }

  public Path stats(int piece) {
    return new Path(statsFolder(), statsName(piece));
  }

  Path temporary(String name) {
    return new Path(attemptsFolder(), name);
  }

  public Path attemptPart(int piece, String attempt) {
    return temporary(name(piece) + "." + attempt + parts.kind().ending());
  }

  Path attemptRejected(int piece, String attempt) {
    return temporary(name(piece) + "." + attempt + ".rejected.jsonl");
  }

  Path attemptRecord(int piece, String attempt) {
    return temporary(name(piece) + "." + attempt + ".json");
  }

  /**
   * Rows of a piece that are done before the piece is.
   *
   * @param segment counted from 0, where an attempt needs several
   */
  public Path finishedRows(int piece, String attempt, int segment) {
    return temporary(name(piece) + "." + attempt + FINISHED_ROWS + segment);
  }

  public boolean isOfFinishedRows(int piece, String name) {
    return name.startsWith(name(piece) + ".") && name.contains(FINISHED_ROWS);
  }

  public Path mark(int piece, String attempt) {
    return new Path(marksFolder(), name(piece) + "." + attempt);
  }

  public boolean isMark(int piece, String name) {
    return name.startsWith(name(piece) + ".");
  }

  /** What attempts are about to do, for those that come after their death. */
  public Path marksFolder() {
    return new Path(attemptsFolder(), "marks");
  }

  /** Where all of a run's attempts write, each under names of its own. */
  public Path attemptsFolder() {
    return new Path(temporaryFolder(), run);
  }

  public Path rejectedFolder() {
    return new Path(root(), names.rejected());
  }

  Path statsFolder() {
    return new Path(root(), ResultNames.STATS);
  }

  Path temporaryFolder() {
    return new Path(root(), ResultNames.TEMPORARY);
  }

  public Path plan() {
    return new Path(root(), ResultNames.PLAN);
  }

  public Path summary() {
    return new Path(root(), names.summary());
  }

  public Path success() {
    return new Path(root(), ResultNames.SUCCESS);
  }

  String name(int piece) {
    return String.format(Locale.ROOT, "part-%0" + digits + "d", piece);
  }

  String partName(int piece) {
    return name(piece) + parts.kind().ending();
  }

  String rejectedName(int piece) {
    return name(piece) + FileKind.LINES.ending();
  }

  String statsName(int piece) {
    return name(piece) + ".json";
  }
}
