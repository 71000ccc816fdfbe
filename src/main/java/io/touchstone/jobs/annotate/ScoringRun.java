package io.touchstone.jobs.annotate;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.files.JsonFile;
import io.touchstone.files.ResultNames;
import io.touchstone.files.read.InputFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The annotate run that a file of rows comes from, by the {@code run.json} beside it.
 *
 * @param labels {@code float} or {@code rounded}
 * @param fields under which it wrote its scores
 */
public record ScoringRun(
    String fingerprint, List<String> attributes, String labels, ScoreFields fields) {

  private static final String OWN_FIELDS = "auto";

  public ScoringRun {
    attributes = List.copyOf(attributes);
  }

  /** Empty if there is no {@code run.json}, or none of a job that scores. */
  public static Optional<ScoringRun> beside(InputFile file, Configuration hadoop)
      throws IOException {
    Path path = new Path(new Path(file.path()).getParent(), ResultNames.SUMMARY);
    JsonNode run;
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      run = JsonFile.tree(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    JsonNode model = run.path("model");
    if (!model.path("fingerprint").isTextual()) {
      return Optional.empty();
    }
    List<String> attributes = new ArrayList<>();
    model.path("attributes").forEach(name -> attributes.add(name.asText()));
    return Optional.of(
        new ScoringRun(
            model.path("fingerprint").asText(),
            attributes,
            run.path("configuration").path("output.labels").asText("float"),
            fields(run.path("configuration").path("output.field").asText(OWN_FIELDS))));
  }

  private static ScoreFields fields(String field) {
    return field.equals(OWN_FIELDS) ? ScoreFields.OWN : new ScoreFields(field, null);
  }

  /** Whether a field holds this run's scores, and not those of a run before it. */
  public boolean wrote(String score) {
    return RowFormat.written(fields).contains(score);
  }
}
