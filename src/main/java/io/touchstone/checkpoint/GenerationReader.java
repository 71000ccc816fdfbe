package io.touchstone.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.GenerationConfig;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import java.nio.file.Path;

/** Reads what a folder says of generation, on which no score depends. */
record GenerationReader(Path folder) {

  GenerationConfig read() {
    Problems problems = new Problems();
    FolderFiles files = new FolderFiles(folder, problems, new Fingerprint(), new OpenedFiles());
    boolean own = files.has(GenerationConfig.FILE);
    String name = own ? GenerationConfig.FILE : GenerationConfig.CONFIG;
    JsonNode object = files.notCounted(name);
    Fields fields = Fields.of(object, Problem.in(name), problems);
    GenerationConfig config =
        own ? GenerationConfig.read(fields) : GenerationConfig.ofModel(fields);
    if (!problems.isEmpty()) {
      throw Refused.in(folder, problems.found());
    }
    return config;
  }
}
