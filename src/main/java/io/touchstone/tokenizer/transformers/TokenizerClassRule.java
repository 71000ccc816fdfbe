package io.touchstone.tokenizer.transformers;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tokenizer class that {@code AutoTokenizer} of transformers 5.23.0 takes for a folder
 * (tokenization_auto.py), where mistral-common is not installed.
 */
record TokenizerClassRule(TokenizerFolder folder, TokenizerFile file, Problems problems) {

  /** {@code model_name}s whose class is not believed; of the model types only Qwen2 is one. */
  private static final Set<String> NOT_BELIEVED =
      Set.of(
          "arctic",
          "camembertv2-base",
          "chatlm",
          "cohere_asr",
          "ernie4_5",
          "ernie4_5_moe",
          "fuyu",
          "h2ovl_chat",
          "hyperclovax",
          "hyperclovax_vision_v2",
          "hyperclovax_vlm",
          "internlm2",
          "internlm3",
          "iquestcoder",
          "jamba",
          "llava",
          "llava_next",
          "minicpm3",
          "minicpmv",
          "minimax_m2",
          "modernbert",
          "modernbert-decoder",
          "molmo",
          "molmo2",
          "nemotron",
          "nvfp4",
          "opencua",
          "openvla",
          "paddleocr_vl",
          "phi3",
          "phi3_v",
          "phimoe",
          "qwen2",
          "qwen3_5",
          "qwen3_5_moe",
          "qwen3_5_moe_text",
          "qwen4_exp",
          "siglip2",
          "smolvlm",
          "step3_vl",
          "vipllava");

  /** Model types that have no class in transformers' table. */
  private static final Set<String> NO_CLASS = Set.of("llama", "nemotron_h");

  /** Model types whose tokenizer is the file, unless the class of a byte-level one is named. */
  private static final Set<String> MISTRALS = Set.of("mistral", "mixtral");

  /** Model types whose tokenizer is the file as it stands, whatever class is named. */
  private static final Set<String> AS_IT_STANDS =
      Set.of("granite", "internlm2", "olmo2", "olmo3", "phi3");

  /** The classes of the others, but for Mistral, whose class takes a package of its own. */
  private static final Map<String, TokenizerClass> REGISTERED =
      Map.of(
          "gemma", TokenizerClass.GEMMA,
          "gemma2", TokenizerClass.GEMMA,
          "gemma3", TokenizerClass.GEMMA,
          "gemma3_text", TokenizerClass.GEMMA,
          "gpt2", TokenizerClass.GPT2,
          "gpt_neox", TokenizerClass.GPT_NEOX,
          "qwen2", TokenizerClass.QWEN2,
          "qwen3", TokenizerClass.QWEN2,
          "qwen3_moe", TokenizerClass.QWEN2);

  /** The classes of encoders whose files name none. */
  private static final Map<String, String> OF_ENCODERS =
      Map.of(
          "bert", "BertTokenizer",
          "deberta-v2", "DebertaV2Tokenizer",
          "roberta", "RobertaTokenizer",
          "xlm-roberta", "XLMRobertaTokenizer");

  private static final Problem CLASS = TokenizerFolder.IN_CONFIG.field("tokenizer_class");

  /** Empty when it was reported. */
  Optional<TokenizerClass> find() throws IOException {
    if (runsCode(folder.config().path("auto_map"))) {
      return problems.none(
          TokenizerFolder.IN_CONFIG
              .field("auto_map")
              .expected("no tokenizer of its own code, which is never run; " + NotFollowed.WAY_ON)
              .found("one"));
    }
    String type = folder.model().path("model_type").asText();
    if (AS_IT_STANDS.contains(type)) {
      return Optional.of(TokenizerClass.BACKEND);
    }
    String named = name(folder.config().path("tokenizer_class"), CLASS);
    String hub =
        named.isEmpty()
            ? name(
                folder.model().path("tokenizer_class"),
                Problem.in("config.json").field("tokenizer_class"))
            : named;
    TokenizerClass registered = REGISTERED.getOrDefault(type, TokenizerClass.BACKEND);
    if (hub.isEmpty() && OF_ENCODERS.containsKey(type)) {
      return classNamed(OF_ENCODERS.get(type));
    }
    if (hub.isEmpty()) {
      return Optional.of(registered);
    }
    String bare = bare(hub);
    boolean believed = !type.equals("qwen2") && !notBelieved(folder.model().path("model_name"));
    if (believed && bare.equals(TokenizerClass.LLAMA.className()) && file.saysByteLevel()) {
      return Optional.of(TokenizerClass.BACKEND);
    }
    if (MISTRALS.contains(type)) {
      return Optional.of(TokenizerClass.BACKEND);
    }
    if (named.isEmpty() && NO_CLASS.contains(type) && !isClass(bare)) {
      return problems.none(
          Problem.in("config.json")
              .field("tokenizer_class")
              .expected("a class that transformers 5.23 can make; " + NotFollowed.WAY_ON)
              .found(Problem.shown(hub)));
    }
    boolean other = registered != TokenizerClass.BACKEND && !believed;
    return classNamed(other ? registered.className() : bare);
  }

  /** Where only config.json names it, nothing takes the place of one that cannot be made. */
  private static boolean isClass(String bare) {
    return TokenizerClass.rebuilt(bare).isPresent()
        || KnownClasses.isNotFollowed(bare)
        || bare.equals(TokenizerClass.BACKEND.className())
        || bare.equals("BloomTokenizer");
  }

  private Optional<TokenizerClass> classNamed(String bare) {
    Optional<TokenizerClass> rebuilt = TokenizerClass.rebuilt(bare);
    if (rebuilt.isPresent()) {
      return rebuilt;
    }
    if (KnownClasses.isNotFollowed(bare)) {
      return problems.none(
          CLASS
              .expected(
                  "one of the classes that are followed ("
                      + TokenizerClass.followed()
                      + "); "
                      + NotFollowed.WAY_ON)
              .found(bare));
    }
    return Optional.of(TokenizerClass.BACKEND);
  }

  private String name(JsonNode name, Problem at) {
    if (!name.isTextual() && !TokenizerFolder.isNone(name)) {
      problems.add(at.expected("a text").found(JsonValue.shown(name)));
    }
    return name.isTextual() ? name.textValue() : "";
  }

  private static String bare(String className) {
    return className.endsWith("Fast")
        ? className.substring(0, className.length() - "Fast".length())
        : className;
  }

  private static boolean notBelieved(JsonNode modelName) {
    return modelName.isTextual() && NOT_BELIEVED.contains(modelName.textValue());
  }

  private static boolean runsCode(JsonNode map) {
    return map.isArray() || !TokenizerFolder.isNone(map.path("AutoTokenizer"));
  }
}
