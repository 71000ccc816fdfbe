package io.touchstone.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.checkpoint.family.ModelConfig;
import io.touchstone.checkpoint.safetensors.Tensor;
import io.touchstone.tokenizer.transformers.MadeTokenizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The model that an adapter makes of the one under it, as peft and TRL make it. */
record AdaptedModel(Adapter adapter, AdapterWeights weights) {
  private static final String CAUSAL = "ForCausalLM";
  private static final String CLASSIFIER = "ForSequenceClassification";
  private static final String PAD = "pad_token";

  /**
   * {@code config.json} of the whole: for a reward a classifier with as many outputs as the score
   * that was trained, which pads with the adapter's tokenizer's pad token, as TRL sets it.
   *
   * @param base that of the model under it
   */
  JsonNode config(JsonNode base, Optional<MadeTokenizer> tokenizer) {
    String name = base.path("architectures").path(0).asText();
    if (adapter.task() == Adapter.Task.CAUSAL_LM || name.endsWith(CLASSIFIER)) {
      return base;
    }
    ObjectNode whole = base.deepCopy();
    whole.putArray("architectures").add(name.replaceFirst(CAUSAL + "$", CLASSIFIER));
    weights
        .scoreOutputs()
        .ifPresent(
            outputs -> {
              whole.put("num_labels", outputs);
              if (whole.path("id2label").size() != outputs) {
                whole.remove("id2label");
              }
            });
    tokenizer
        .flatMap(made -> Optional.ofNullable(made.templateTokens().get(PAD)).map(made.file()::id))
        .ifPresent(id -> id.ifPresent(pad -> whole.put("pad_token_id", pad)));
    return whole;
  }

  /**
   * @param base tensors of the model under it
   * @param config of the whole
   */
  Map<String, Tensor> tensors(Map<String, Tensor> base, ModelConfig config) {
    Map<String, List<Long>> shapes = new HashMap<>();
    base.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    Map<String, Tensor> under = new HashMap<>(base);
    config
        .classifier()
        .ifPresent(
            head -> {
              under.remove(ExpectedTensors.LM_HEAD);
              shapes.remove(ExpectedTensors.LM_HEAD);
              shapes.put(
                  AdapterWeights.SCORE,
                  List.of((long) head.outputs(), (long) config.decoder().hiddenSize()));
            });
    return weights.over(under, shapes);
  }
}
