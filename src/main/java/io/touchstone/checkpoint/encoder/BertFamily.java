package io.touchstone.checkpoint.encoder;

import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.encoder.EncoderConfig.Biases;
import io.touchstone.checkpoint.encoder.EncoderConfig.Inner;
import io.touchstone.checkpoint.encoder.EncoderConfig.Order;
import io.touchstone.checkpoint.encoder.EncoderHead.Dense;
import io.touchstone.checkpoint.encoder.EncoderHead.Pooling;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * BERT, and RoBERTa with its likes: learned positions, norms behind the sums. RoBERTa's positions
 * begin behind the pad token's id and pass pad tokens over, and its head is two layers in one
 * module.
 *
 * @param pad where positions begin behind the pad token's id: that id where no file says it; empty
 *     where they begin at 0
 */
record BertFamily(String modelType, String base, int vocabSize, OptionalInt pad)
    implements EncoderFamily {

  static final BertFamily BERT = new BertFamily("bert", "bert.", 30_522, OptionalInt.empty());
  static final BertFamily ROBERTA =
      new BertFamily("roberta", "roberta.", 50_265, OptionalInt.of(1));
  static final BertFamily XLM_ROBERTA =
      new BertFamily("xlm-roberta", "roberta.", 30_522, OptionalInt.of(1));

  @Override
  public EncoderConfig read(Fields config, String architecture) {
    EncoderFields fields = new EncoderFields(config);
    fields.refuse("is_decoder", "add_cross_attention");
    String kind = "position_embedding_type";
    if (config.given(kind) && !config.get(kind).asText().equals("absolute")) {
      config.expected(kind, "absolute");
    }
    int hiddenSize = config.count("hidden_size", 768);
    int vocabulary = config.count("vocab_size", vocabSize);
    Embedding.Positions positions = positions(config, fields, vocabulary);
    return new EncoderConfig(
        architecture,
        base,
        hiddenSize,
        config.count("intermediate_size", 3_072),
        fields.layers(12),
        fields.heads(12, hiddenSize),
        vocabulary,
        config.positive("layer_norm_eps", 1e-12),
        Order.NORM_LAST,
        new Inner(Activation.read(config, "hidden_act", Activation.GELU), false),
        Biases.ALL,
        new Embedding(
            base + "embeddings.word_embeddings.weight",
            Optional.of(positions),
            Optional.of(
                new Embedding.Types(
                    base + "embeddings.token_type_embeddings.weight",
                    config.count("type_vocab_size", 2))),
            base + "embeddings.LayerNorm"),
        LayerNames.ofBert(base, "query", "key", "value"),
        new Sight.All(),
        Optional.empty(),
        Optional.empty(),
        head(fields, vocabulary),
        OptionalInt.of(positions.mostTokens()));
  }

  private Embedding.Positions positions(Fields config, EncoderFields fields, int vocabulary) {
    String key = "max_position_embeddings";
    int rows = config.count(key, 512);
    int first = 0;
    OptionalInt skipped = OptionalInt.empty();
    if (pad.isPresent()) {
      OptionalInt own =
          config.has("pad_token_id")
              ? fields.padTokenId(vocabulary)
              : OptionalInt.of(pad.getAsInt());
      if (own.isEmpty() || own.getAsInt() < 0) {
        config.expected("pad_token_id", "an id, behind which positions begin");
        own = pad;
      }
      skipped = own;
      first = own.getAsInt() + 1;
    }
    if (rows <= first) {
      config.expected(key, "more than the " + first + " that stand in front of the first token");
      rows = first + 1;
    }
    return new Embedding.Positions(
        base + "embeddings.position_embeddings.weight", rows, first, skipped);
  }

  private EncoderHead head(EncoderFields fields, int vocabulary) {
    boolean inside = pad.isPresent();
    Dense dense =
        new Dense(
            inside ? "classifier.dense" : base + "pooler.dense",
            true,
            Activation.TANH,
            Optional.empty(),
            false);
    return fields.head(
        Pooling.FIRST,
        Optional.of(dense),
        inside ? "classifier.out_proj" : "classifier",
        vocabulary);
  }
}
