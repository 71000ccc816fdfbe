package io.touchstone.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.GenerationConfig;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.tokenizer.transformers.MadeTokenizer;
import io.touchstone.tokenizer.transformers.TokenizerChoice;
import io.touchstone.tokenizer.transformers.TokenizerFolder;
import java.nio.file.Path;

/**
 * Reads what a folder says of generation, on which no score depends.
 *
 * @param tokenizer as it was made of the folder
 */
record GenerationReader(Path folder, MadeTokenizer tokenizer) {
  private static final Problem TOKENIZER = Problem.in(TokenizerFolder.CONFIG);
  private static final String CLEAN_UP = "clean_up_tokenization_spaces";
  private static final String CLEAN_UP_BPE =
      CLEAN_UP + "_for_bpe_even_though_it_will_corrupt_output";

  GenerationConfig read() {
    Problems problems = new Problems();
    FolderFiles files = new FolderFiles(folder, problems, new Fingerprint(), new OpenedFiles());
    boolean own = files.has(GenerationConfig.FILE);
    String name = own ? GenerationConfig.FILE : GenerationConfig.CONFIG;
    JsonNode object = files.notCounted(name);
    Fields fields = Fields.of(object, Problem.in(name), problems);
    GenerationConfig config =
        own ? GenerationConfig.read(fields) : GenerationConfig.ofModel(fields);
    if (tokenizer.choice() == TokenizerChoice.TRANSFORMERS5) {
      texts(Fields.of(files.notCounted(TokenizerFolder.CONFIG), TOKENIZER, problems));
    }
    if (!problems.isEmpty()) {
      throw Refused.in(folder, problems.found());
    }
    return config;
  }

  /** What transformers 5.23.0 does on the way from ids to texts, and this program does not. */
  private void texts(Fields config) {
    refuse(config, "split_special_tokens", "as answers would show special tokens");
    if (!tokenizer.isBytePairs() || config.object().path(CLEAN_UP_BPE).asBoolean()) {
      refuse(config, CLEAN_UP, "as texts are not cleaned up");
    }
  }

  private static void refuse(Fields config, String name, String why) {
    if (config.object().path(name).asBoolean()) {
      config.problems().add(TOKENIZER.field(name).expected("false, " + why).found("true"));
    }
  }
}
