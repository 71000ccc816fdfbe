package io.touchstone.checkpoint.family;

import io.touchstone.checkpoint.config.DecoderConfig;
import io.touchstone.checkpoint.config.DecoderReader;
import io.touchstone.checkpoint.config.Fields;
import io.touchstone.checkpoint.config.HeadClass;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A decoder family: how its arithmetic differs from Llama's, and how its {@code config.json} says
 * so. Families are listed in {@link Families}.
 */
public interface Family {

  /** As {@code config.json} names it. */
  String modelType();

  /** The classes that transformers has for it, by name. */
  Map<String, HeadClass> classes();

  /** The decoder of a configuration. */
  DecoderConfig read(DecoderReader reader);

  /** The fields of the decoder, where a model has others beside it. */
  default Fields ofDecoder(Fields config) {
    return config;
  }

  /** The fields of the head, with what transformers takes for those that are missing. */
  default Fields ofHead(Fields config) {
    return config;
  }

  /** The name that transformers has for a tensor which was published under another one. */
  default String nameOfToday(String tensor) {
    return tensor;
  }

  /** Whether a tensor is of a part of the model that no score depends on. */
  default boolean leavesUnread(String tensor) {
    return false;
  }

  /** Settings that it reads, of those that are refused where nobody does. */
  default Set<String> understood() {
    return Set.of();
  }

  /** Whether heads of classes stand on it that may stand on any. */
  default boolean bearsAnyHead() {
    return true;
  }

  /** The causal model and the classifiers, of texts and of tokens, of names that begin alike. */
  static Map<String, HeadClass> classesWithTokens(String prefix) {
    Map<String, HeadClass> classes = classes(prefix);
    classes.put(prefix + "ForTokenClassification", HeadClass.TOKEN_SCORES);
    return classes;
  }

  /** The causal model and the classifier of names that begin alike. */
  static Map<String, HeadClass> classes(String prefix) {
    Map<String, HeadClass> classes = new LinkedHashMap<>();
    classes.put(prefix + "ForCausalLM", HeadClass.LOGITS);
    classes.put(prefix + "ForSequenceClassification", HeadClass.SCORE);
    classes.put(prefix + "ForTokenClassification", HeadClass.TOKEN_SCORES);
    return classes;
  }
}
