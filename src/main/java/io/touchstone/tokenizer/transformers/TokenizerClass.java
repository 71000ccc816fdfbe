package io.touchstone.tokenizer.transformers;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The tokenizer classes of transformers 5.23.0 that are followed, each with the special tokens that
 * it has where no file says otherwise; an empty text stands for none.
 */
enum TokenizerClass {
  /** Takes the file as it stands, and adds tokens. */
  BACKEND("TokenizersBackend"),
  LLAMA("LlamaTokenizer", "unk_token", "<unk>", "bos_token", "<s>", "eos_token", "</s>"),
  CODE_LLAMA(
      "CodeLlamaTokenizer",
      "unk_token",
      "<unk>",
      "bos_token",
      "<s>",
      "eos_token",
      "</s>",
      "prefix_token",
      "\u2581<PRE>",
      "middle_token",
      "\u2581<MID>",
      "suffix_token",
      "\u2581<SUF>",
      "eot_token",
      "\u2581<EOT>",
      "fill_token",
      "<FILL_ME>"),
  GPT2(
      "GPT2Tokenizer",
      "unk_token",
      "<|endoftext|>",
      "bos_token",
      "<|endoftext|>",
      "eos_token",
      "<|endoftext|>",
      "pad_token",
      ""),
  GPT_NEOX(
      "GPTNeoXTokenizer",
      "unk_token",
      "<|endoftext|>",
      "bos_token",
      "<|endoftext|>",
      "eos_token",
      "<|endoftext|>",
      "pad_token",
      "<|padding|>"),
  GEMMA(
      "GemmaTokenizer",
      "unk_token",
      "<unk>",
      "bos_token",
      "<bos>",
      "eos_token",
      "<eos>",
      "pad_token",
      "<pad>",
      "mask_token",
      "<mask>"),
  QWEN2(
      "Qwen2Tokenizer",
      "unk_token",
      "<|endoftext|>",
      "bos_token",
      "",
      "eos_token",
      "<|endoftext|>",
      "pad_token",
      "<|endoftext|>");

  private final String className;
  private final Map<String, String> defaults = new LinkedHashMap<>();

  TokenizerClass(String className, String... defaults) {
    this.className = className;
    for (int i = 0; i < defaults.length; i += 2) {
      this.defaults.put(defaults[i], defaults[i + 1]);
    }
  }

  String className() {
    return className;
  }

  /** By the name of the argument; empty where it is none. */
  Map<String, String> defaults() {
    return defaults;
  }

  /** Names of those that are built anew. */
  static String followed() {
    return Arrays.stream(values())
        .filter(each -> each != BACKEND)
        .map(TokenizerClass::className)
        .collect(Collectors.joining(", "));
  }

  /** The one that is built anew from vocabulary and merges, by its name without {@code Fast}. */
  static Optional<TokenizerClass> rebuilt(String className) {
    return Arrays.stream(values())
        .filter(each -> each != BACKEND && each.className.equals(className))
        .findFirst();
  }
}
