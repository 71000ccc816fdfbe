package io.touchstone.checkpoint.family;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.checkpoint.config.Activation;
import io.touchstone.checkpoint.config.AttentionBias;
import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.Factors;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.Mlp;
import io.touchstone.checkpoint.config.Rotary;
import io.touchstone.checkpoint.config.SlidingWindow;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What families take for settings that are missing, and what they refuse. */
final class FamilySettingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FACTORS =
      "{\"type\": \"TYPE\", \"short_factor\": [1, 2, 3], \"long_factor\": [4, 5, 6]}";

  private final Problems problems = new Problems();

  @Test
  void phi3ReadsLongropeUnderTheNamesThatItHad() throws Exception {
    for (String type : List.of("longrope", "su", "yarn")) {
      DecoderConfig phi = phi(FACTORS.replace("TYPE", type), "0.375").decoder();
      assertThat(phi.rotary().full())
          .isEqualTo(
              new Rotary.LongRope(
                  10_000,
                  List.of(1.0, 2.0, 3.0),
                  List.of(4.0, 5.0, 6.0),
                  Math.sqrt(13.0 / 12),
                  4_096));
      assertThat(phi.rotary().dims()).isEqualTo(6);
      assertThat(phi.names().matrices().mostRows()).isEqualTo(2 * 8_192);
      assertThat(phi.window()).isEqualTo(SlidingWindow.NONE);
    }
    assertThat(problems.found()).isEmpty();
  }

  @Test
  void phi3RefusesOtherAnglesAndSharesOfAHeadThatAreNone() throws Exception {
    phi("{\"type\": \"linear\", \"factor\": 2.0}", "0.375");
    phi("null", "0.2");
    assertThat(problems.found())
        .containsExactly(
            "[config.json] rope_scaling.type: expected default, longrope, su or yarn, found"
                + " linear",
            "[config.json] partial_rotary_factor: expected a share of a head's 16 numbers that is"
                + " even, found 0.2");
  }

  private ModelConfig phi(String scaling, String share) throws Exception {
    return read(
        """
        {"architectures": ["Phi3ForCausalLM"], "model_type": "phi3", "hidden_size": 64,
         "num_attention_heads": 4, "max_position_embeddings": 8192, "rope_scaling": %s,
         "partial_rotary_factor": %s}"""
            .formatted(scaling, share));
  }

  @Test
  void internLm2IsReadAtATokenOfItsOwn() throws Exception {
    ModelConfig model = intern("{}");
    assertThat(model.classifier().orElseThrow().appendedToken()).isEqualTo(OptionalInt.of(92_527));
    assertThat(model.decoder().attention().bias()).isEqualTo(AttentionBias.ALL);
    assertThat(intern("{\"reward_token_id\": 7, \"bias\": false}").classifier())
        .hasValueSatisfying(head -> assertThat(head.appendedToken()).isEqualTo(OptionalInt.of(7)));
    assertThat(problems.found()).isEmpty();
  }

  @Test
  void internLm2RefusesATokenThatItHasNoRowFor() throws Exception {
    intern("{\"reward_token_id\": 103168}");
    intern("{\"vocab_size\": 1000}");
    intern("{\"rope_scaling\": {\"type\": \"yarn\", \"factor\": 4.0}}");
    assertThat(problems.found())
        .containsExactly(
            "[config.json] reward_token_id: expected an id below the vocabulary's 103168, found"
                + " 103168",
            "[config.json] reward_token_id: expected an id below the vocabulary's 1000, found none,"
                + " for which it is 92527",
            "[config.json] rope_scaling: expected the type linear or dynamic, as in its class, found"
                + " an object");
  }

  private ModelConfig intern(String settings) throws Exception {
    ObjectNode config = (ObjectNode) JSON.readTree(settings);
    config.put("model_type", "internlm2").putArray("architectures").add("InternLM2ForRewardModel");
    return read(config.toString());
  }

  @Test
  void olmo3SlidesInAllButEveryFourthLayer() throws Exception {
    DecoderConfig olmo =
        read("""
                {"architectures": ["Olmo3ForCausalLM"], "model_type": "olmo3",
                 "num_hidden_layers": 5, "rope_theta": 10000.0,
                 "rope_scaling": {"rope_type": "linear", "factor": 2.0}}""")
            .decoder();
    assertThat(olmo.window()).isEqualTo(new SlidingWindow(4_096, Set.of(0, 1, 2, 4)));
    assertThat(olmo.rotary(3)).isEqualTo(new Rotary.Linear(10_000, 2));
    assertThat(olmo.rotary(4)).isEqualTo(new Rotary.Default(500_000));
    assertThat(olmo.norms().names())
        .containsExactly("post_attention_layernorm", "post_feedforward_layernorm");
    assertThat(problems.found()).isEmpty();
  }

  @Test
  void olmo2ReadsAPadTokenWhereNoneIsSaid() throws Exception {
    String olmo =
        "{\"architectures\": [\"Olmo2ForSequenceClassification\"], \"model_type\": \"olmo2\"%s}";
    assertThat(read(olmo.formatted("")).classifier().orElseThrow().padTokenId())
        .isEqualTo(OptionalInt.of(1));
    assertThat(
            read(olmo.formatted(", \"pad_token_id\": null"))
                .classifier()
                .orElseThrow()
                .padTokenId())
        .isEmpty();
  }

  @Test
  void graniteMultipliesByNothingUnlessItIsSaid() throws Exception {
    String granite = "{\"architectures\": [\"GraniteForCausalLM\"], \"model_type\": \"granite\"%s}";
    DecoderConfig plain = read(granite.formatted("")).decoder();
    assertThat(plain.factors()).isEqualTo(Factors.NONE);
    assertThat(plain.attention().scoreDivisor()).isEqualTo(1);
    DecoderConfig said =
        read(granite.formatted(
                ", \"embedding_multiplier\": 12.0, \"residual_multiplier\": 0.25,"
                    + " \"attention_multiplier\": 0.5, \"logits_scaling\": 4.0"))
            .decoder();
    assertThat(said.factors()).isEqualTo(new Factors(12, 0.25, 4, 0));
    assertThat(said.attention().scoreDivisor()).isEqualTo(2);
    assertThat(problems.found()).isEmpty();
  }

  @Test
  void gpt2ReadsItsOwnNamesOfSizes() throws Exception {
    String gpt = "{\"architectures\": [\"GPT2LMHeadModel\"], \"model_type\": \"gpt2\"%s}";
    DecoderConfig small = read(gpt.formatted("")).decoder();
    assertThat(small.sizes().hiddenSize()).isEqualTo(768);
    assertThat(small.intermediateSize()).isEqualTo(3_072);
    assertThat(small.mostTokens()).isEqualTo(1_024);
    assertThat(small.tiedEmbeddings()).isTrue();
    assertThat(small.mlp()).isEqualTo(new Mlp(Activation.GELU_TANH, false, true));
    read(gpt.formatted(", \"n_embd\": 30, \"n_head\": 2"));
    read(gpt.formatted(", \"scale_attn_by_inverse_layer_idx\": true"));
    assertThat(problems.found())
        .containsExactly(
            "[config.json] n_embd: expected an even number for each of the 2 heads, found 30",
            "[config.json] scale_attn_by_inverse_layer_idx: expected false, found true");
  }

  @Test
  void neoxTurnsAQuarterOfAHeadBesideItsMlp() throws Exception {
    DecoderConfig neox =
        read("""
                {"architectures": ["GPTNeoXForSequenceClassification"], "model_type": "gpt_neox",
                 "rotary_emb_base": 20000}""")
            .decoder();
    assertThat(neox.rotary().dims()).isEqualTo(24);
    assertThat(neox.rotary().full()).isEqualTo(new Rotary.Default(20_000));
    assertThat(neox.mlp().input()).isEqualTo(Mlp.Input.BESIDE_ATTENTION);
    assertThat(problems.found()).isEmpty();
  }

  private ModelConfig read(String json) throws JsonProcessingException {
    return ModelConfig.read(Fields.of(JSON.readTree(json), Problem.in("config.json"), problems))
        .orElseThrow();
  }
}
