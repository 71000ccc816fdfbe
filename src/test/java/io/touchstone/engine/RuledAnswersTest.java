package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.GenerationConfig;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Processor;
import io.touchstone.engine.device.Resources;
import io.touchstone.generation.CausalModel;
import io.touchstone.generation.CausalModel.Feed;
import io.touchstone.generation.CausalModel.Sequence;
import io.touchstone.generation.Finish;
import io.touchstone.generation.sampling.EffectiveSampling;
import io.touchstone.generation.sampling.RowIdentity;
import io.touchstone.generation.sampling.SamplingAsk;
import io.touchstone.generation.sampling.SamplingRules;
import io.touchstone.generation.sampling.TokenChooser;
import io.touchstone.generation.text.AnswerDecoder;
import io.touchstone.generation.text.AnswerRules;
import io.touchstone.generation.text.AnswerText;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.tokenizer.HuggingFaceTokens;
import io.touchstone.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What transformers generates under rules of {@code generation_config.json}, from the first token
 * to the end; made by {@code make_ruled.py}.
 */
final class RuledAnswersTest {
  private static final Path REFERENCES = Path.of("src/test/resources/references");

  @ParameterizedTest
  @ValueSource(strings = {"llama-causal", "qwen3-causal"})
  void generatesWhatTransformersDoes(String name) throws IOException {
    Checkpoint checkpoint = Checkpoint.open(REFERENCES.resolve(name));
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    try (CausalModel model =
            CausalModels.open(
                checkpoint, Processor.cpu(Precision.FP32), new Resources(2, 1L << 30, 0));
        Tokenizer tokens = HuggingFaceTokens.of(checkpoint.tokenizerJson())) {
      AnswerDecoder decoder = new AnswerDecoder(tokens, false);
      for (String line :
          Files.readAllLines(REFERENCES.resolve("expected/" + name + ".ruled.jsonl"))) {
        JsonNode row = new ObjectMapper().readTree(line);
        String expected = row.get("ids") + " " + row.get("finish").asText();
        String found = answer(row, model, decoder);
        if (!found.equals(expected)) {
          wrong.add(row.get("id") + ":\n  expected " + expected + "\n  found    " + found);
        }
        compared++;
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(compared).isEqualTo(48);
  }

  /** As the reference has it: as many ids, and how they end where that was told. */
  private static String answer(JsonNode row, CausalModel model, AnswerDecoder decoder) {
    SamplingRules rules = rules(row.get("parameters"), model.vocabulary());
    int[] prompt = ids(row.get("prompt_ids"));
    TokenChooser chooser = new TokenChooser(rules, prompt, RowIdentity.ofPrompt(prompt), 0);
    AnswerText text =
        new AnswerText(
            decoder,
            new AnswerRules(rules.stops(), Set.copyOf(rules.eosIds()), rules.maxNewTokens()),
            false);
    List<Integer> ids = new ArrayList<>();
    Optional<Finish> finish = Optional.empty();
    try (Sequence sequence = model.begin()) {
      int[] next = prompt;
      while (finish.isEmpty() && ids.size() < row.get("ids").size()) {
        int id = chooser.next(model.pass(List.of(new Feed(sequence, next, true))).get(0)).id();
        ids.add(id);
        finish = text.add(id, 0);
        next = new int[] {id};
      }
    }
    return ids.toString().replace(" ", "") + " " + finish.map(Finish::word).orElse("null");
  }

  private static SamplingRules rules(JsonNode parameters, int vocabulary) {
    Problems problems = new Problems();
    GenerationConfig config =
        GenerationConfig.read(
            Fields.of(parameters, Problem.in("generation_config.json"), problems));
    Optional<EffectiveSampling> sampling =
        EffectiveSampling.of(SamplingAsk.NOTHING, config, vocabulary, problems);
    problems.refuseIfAny();
    return sampling.orElseThrow().rules();
  }

  private static int[] ids(JsonNode list) {
    int[] ids = new int[list.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = list.get(i).intValue();
    }
    return ids;
  }
}
