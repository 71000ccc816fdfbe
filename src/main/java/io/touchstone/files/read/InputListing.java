package io.touchstone.files.read;

import io.touchstone.files.FileKind;
import io.touchstone.files.Filesystems;
import io.touchstone.files.Nesting;
import io.touchstone.files.PathCredentials;
import io.touchstone.files.ResultNames;
import io.touchstone.files.columns.RecordSource;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import io.touchstone.problem.UnfitInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.io.function.IOConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the files that a job's inputs name, and all that is wrong with them. */
public final class InputListing {

  private static final Logger LOG = LoggerFactory.getLogger(InputListing.class);

  private final InputRequest request;
  private final Configuration hadoop;
  private final List<Path> outputs = new ArrayList<>();
  private final Map<String, InputFile> files = new LinkedHashMap<>();
  private final Map<String, List<Long>> rowGroups = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final DroppedNames dropping;
  private SkippedFiles skipped = SkippedFiles.NONE;

  private InputListing(InputRequest request, Configuration hadoop) {
    this.request = request;
    this.hadoop = hadoop;
    this.dropping = new DroppedNames(request.dropped());
  }

  public static InputListing of(InputRequest request, Configuration hadoop) {
    InputListing listing = new InputListing(request, hadoop);
    listing.read();
    Refused.ifAny(listing.problems);
    if (listing.skipped.count() > 0) {
      LOG.info("not read: {}", listing.skipped.told());
    }
    return listing;
  }

  public List<InputFile> files() {
    return List.copyOf(files.values());
  }

  /** Every file has a piece; Parquet files are cut between their row groups. */
  public List<Piece> pieces(long pieceBytes) {
    return Piece.cut(files(), pieceBytes, rowGroups);
  }

  public SkippedFiles skipped() {
    return skipped;
  }

  private void read() {
    request.outputs().forEach(output -> add(output, "used for output", this::addOutput));
    refuseNestedOutputs();
    if (request.inputs().isEmpty()) {
      problems.add(Problem.at("input").expected("at least one file, folder or glob").found("none"));
    }
    request.inputs().forEach(input -> add(input, "read", this::addNamed));
    dropping.problem().ifPresent(problems::add);
  }

  private void add(String path, String use, IOConsumer<String> adding) {
    if (PathCredentials.areIn(path)) {
      problems.add(PathCredentials.problem(path));
      return;
    }
    try {
      adding.accept(path);
    } catch (IOException | IllegalArgumentException e) {
      problems.add("[" + path + "] cannot be " + use + ": " + e.getMessage());
    }
  }

  private void addOutput(String output) throws IOException {
    Path path = new Path(output);
    outputs.add(Filesystems.of(path, hadoop).makeQualified(path));
  }

  private void refuseNestedOutputs() {
    for (int i = 1; i < outputs.size(); i++) {
      if (Nesting.isWithin(outputs.get(i), outputs.get(0))
          || Nesting.isWithin(outputs.get(0), outputs.get(i))) {
        problems.add(
            Problem.in(outputs.get(i))
                .expected("output folders of which none lies in another")
                .found(outputs.get(0)));
      }
    }
  }

  private void addNamed(String input) throws IOException {
    Path path = new Path(input);
    FileSystem filesystem = Filesystems.of(path, hadoop);
    Optional<FileStatus> literal = status(filesystem, path);
    if (literal.isPresent() && literal.get().isFile()) {
      addNamed(literal.get());
      return;
    }
    FileStatus[] matches =
        literal.isPresent() ? new FileStatus[] {literal.get()} : filesystem.globStatus(path);
    int filesBefore = files.size();
    int problemsBefore = problems.size();
    if (matches == null) {
      // Nothing in the path is a pattern.
      problems.add(Problem.in(input).expected("a file, folder or glob").found("no such file"));
      return;
    }
    SkippedFiles before = skipped;
    skipped = SkippedFiles.NONE;
    boolean seen = false;
    for (FileStatus match : sorted(matches)) {
      seen |= addFound(filesystem, match);
    }
    if (!seen && files.size() == filesBefore && problems.size() == problemsBefore) {
      problems.add(nothingFound(input, skipped));
    }
    skipped = before.plus(skipped);
  }

  private static String nothingFound(String input, SkippedFiles others) {
    return Problem.in(input)
        .expected("files that end with " + FileKind.endings())
        .found(others.count() == 0 ? "nothing" : "only " + others.told());
  }

  /** What the path names when it is read as it stands, not as a glob. */
  private static Optional<FileStatus> status(FileSystem filesystem, Path path) throws IOException {
    try {
      return Optional.of(filesystem.getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private void addNamed(FileStatus file) throws IOException {
    Optional<FileKind> kind = FileKind.of(file.getPath().getName());
    if (Filesystems.isSpecial(file.getPath())) {
      problems.add(special(file.getPath()));
    } else if (kind.isEmpty()) {
      problems.add(
          Problem.in(file.getPath())
              .expected("a file that ends with " + FileKind.endings())
              .found("another ending"));
    } else {
      add(file, kind.get(), probe -> false);
    }
  }

  private static String special(Path path) {
    return Problem.in(path)
        .expected("a file")
        .found("a pipe, a socket or a device: write what it gives to a file, and name that");
  }

  /**
   * Adds a file or a folder's files.
   *
   * @return whether there was an input file, be it one that is listed already
   */
  private boolean addFound(FileSystem filesystem, FileStatus found) throws IOException {
    String name = found.getPath().getName();
    if (found.isDirectory()) {
      return addFolder(filesystem, found);
    }
    if (isHidden(name)) {
      return false;
    }
    Optional<FileKind> kind = FileKind.of(name);
    if (kind.isEmpty()) {
      skipped = skipped.plus(found.getPath(), SkippedFiles.Why.OTHER_ENDING);
      return false;
    }
    if (Filesystems.isSpecial(found.getPath())) {
      problems.add(special(found.getPath()));
      return true;
    }
    return add(found, kind.get(), KindProbe::isCompanion);
  }

  private boolean addFolder(FileSystem filesystem, FileStatus folder) throws IOException {
    for (Path output : outputs) {
      if (Nesting.isWithin(output, folder.getPath())) {
        problems.add(
            Problem.in(folder.getPath())
                .expected("an output folder outside of the input folders")
                .found(output));
        return true;
      }
    }
    List<FileStatus> children = sorted(filesystem.listStatus(folder.getPath()));
    if (contains(children, ResultNames.PLAN)) {
      // Another job's result: its rows are meant, not what lies beside them.
      if (!contains(children, ResultNames.SUCCESS)) {
        problems.add(
            Problem.in(folder.getPath())
                .expected("a finished result, with _SUCCESS")
                .found("one that a job has begun"));
        return true;
      }
      children =
          children.stream().filter(child -> ResultNames.isPart(child.getPath().getName())).toList();
    }
    boolean seen = false;
    for (FileStatus child : children) {
      if (!isHidden(child.getPath().getName())) {
        seen |= addFound(filesystem, child);
      }
    }
    return seen;
  }

  private static boolean contains(List<FileStatus> children, String name) {
    return children.stream().anyMatch(child -> child.getPath().getName().equals(name));
  }

  /**
   * Adds a file.
   *
   * @param passedOver what is skipped, of those whose start must be looked at
   * @return false if it was skipped
   */
  private boolean add(FileStatus status, FileKind named, Predicate<KindProbe> passedOver) {
    String path = status.getPath().toString();
    if (files.containsKey(path)) {
      return true;
    }
    for (Path output : outputs) {
      if (Nesting.isWithin(status.getPath(), output)) {
        problems.add(
            Problem.in(path)
                .expected("an input outside of the output folder")
                .found("it in " + output));
        return true;
      }
    }
    try {
      FileKind kind = named;
      if (named.layout() == FileKind.Layout.ARRAY && status.getLen() > 0) {
        KindProbe probe = KindProbe.of(status, named, hadoop);
        if (passedOver.test(probe)) {
          skipped = skipped.plus(status.getPath(), SkippedFiles.Why.ONE_OBJECT);
          return false;
        }
        kind = probe.kind();
      }
      InputFile file =
          new InputFile(
              path, kind, status.getLen(), status.getModificationTime(), null, request.dropped());
      if (kind == FileKind.PARQUET && file.bytes() > 0) {
        RecordSource.Footer footer =
            RecordSource.footer(status.getPath(), request.dropped(), hadoop);
        rowGroups.put(path, footer.borders());
        dropping.foundIn(footer.names());
      } else {
        dropping.lookInto(file, request.maxLineBytes(), hadoop);
      }
      files.put(path, file.of(new FormatProbe(request, hadoop).formatOf(file)));
    } catch (IOException e) {
      IOException told = ReadFailure.explained(e, status.getPath());
      String begin = told instanceof UnfitInputException ? "] " : "] cannot be read: ";
      problems.add("[" + path + begin + told.getMessage());
    }
    return true;
  }

  private static boolean isHidden(String name) {
    return name.startsWith("_") || name.startsWith(".");
  }

  private static List<FileStatus> sorted(FileStatus[] found) {
    return Arrays.stream(found)
        .sorted(Comparator.comparing(status -> status.getPath().toString()))
        .toList();
  }
}
