package io.touchstone.files.read;

import io.touchstone.files.CountedInput;
import io.touchstone.files.FileKind;
import io.touchstone.problem.UnfitInputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Finds by the first bytes of a {@code .json} file how its rows stand in it. */
record KindProbe(FileStatus file, FileKind named, TextStart start) {

  /** What data sets and models have beside their files of rows. */
  private static final Set<String> COMPANIONS =
      Set.of(
          "adapter_config.json",
          "added_tokens.json",
          "all_results.json",
          "config.json",
          "dataset_dict.json",
          "dataset_info.json",
          "dataset_infos.json",
          "eval_results.json",
          "generation_config.json",
          "metadata.json",
          "special_tokens_map.json",
          "state.json",
          "tokenizer_config.json",
          "train_results.json",
          "trainer_state.json");

  /**
   * Reads the start of a file that is not empty.
   *
   * @param named the kind that its name says, an array's
   * @throws UnfitInputException if the text is no UTF-8
   */
  static KindProbe of(FileStatus file, FileKind named, Configuration hadoop) throws IOException {
    Path path = file.getPath();
    try (InputStream in = path.getFileSystem(hadoop).open(path);
        InputStream plain = named.codec().plain(new CountedInput(in, file.getLen()))) {
      TextStart start = TextStart.read(plain);
      start.refuseUnlessUtf8();
      return new KindProbe(file, named, start);
    }
  }

  /** Whether the file holds one object that is no row of a data set, but says something of it. */
  boolean isCompanion() {
    return switch (start.shape()) {
      case OBJECT -> true;
      case ONE_LINE -> COMPANIONS.contains(file.getPath().getName());
      case ARRAY, LINES, BLANK, OTHER -> false;
    };
  }

  /**
   * @throws UnfitInputException if the file holds neither an array nor lines
   */
  FileKind kind() throws UnfitInputException {
    return switch (start.shape()) {
      case ARRAY -> named;
      case LINES, ONE_LINE, BLANK -> named.ofLines();
      case OBJECT ->
          throw new UnfitInputException(
              "expected one JSON array or lines of JSON objects, found one object over several"
                  + " lines: write its rows as lines, jq -c '.FIELD[]' FILE > NEW.jsonl where they"
                  + " stand in a field, jq -c . FILE > NEW.jsonl where it is a row");
      case OTHER ->
          throw new UnfitInputException(
              "expected one JSON array or lines of JSON objects, found something else at the top"
                  + " of the file");
    };
  }
}
