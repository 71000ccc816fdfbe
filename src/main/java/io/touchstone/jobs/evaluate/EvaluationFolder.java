package io.touchstone.jobs.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.touchstone.files.JsonFile;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import io.touchstone.selection.benchmark.Benchmark;
import io.touchstone.selection.benchmark.Trial;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** What an evaluation leaves for those after it: every trial, a line each. */
final class EvaluationFolder {
  private EvaluationFolder() {}

  static final String TABLE = "evaluation.json";
  static final String TRIALS = "trials.jsonl";

  private record Named(String benchmark, Trial trial) {}

  static byte[] bytes(Benchmark benchmark, List<Trial> trials) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Trial trial : trials) {
      bytes.writeBytes(JsonFile.line(new Named(benchmark.word(), trial)));
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  /**
   * The trials of an earlier evaluation.
   *
   * @throws Refused if the folder holds none, or those of another benchmark
   */
  static List<Trial> trials(String folder, Benchmark benchmark, Configuration hadoop) {
    Path file = new Path(folder, TRIALS);
    List<Trial> trials = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(file.getFileSystem(hadoop).open(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Named named = JsonFile.read(line.getBytes(StandardCharsets.UTF_8), Named.class);
        if (!named.benchmark.equals(benchmark.word())) {
          throw refused(folder, "of " + benchmark.word(), "one of " + named.benchmark);
        }
        trials.add(named.trial);
      }
    } catch (FileNotFoundException e) {
      throw refused(folder, "with " + TRIALS + " in it", "none");
    } catch (JsonProcessingException e) {
      throw refused(folder, "whose " + TRIALS + " can be read", "another line in it");
    } catch (IOException e) {
      throw Refused.because(
          at(folder).place() + "expected an evaluation that can be read: " + e.getMessage());
    }
    return trials;
  }

  private static Problem at(String folder) {
    return Problem.at("--compare").file(folder);
  }

  private static Refused refused(String folder, String expected, String found) {
    return Refused.because(at(folder).expected("an evaluation " + expected).found(found));
  }
}
