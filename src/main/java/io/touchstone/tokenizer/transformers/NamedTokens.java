package io.touchstone.tokenizer.transformers;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * The special tokens of a tokenizer of transformers, and the tokens that files beside {@code
 * tokenizer.json} add to it.
 *
 * @param named by the name that a chat template may use, {@code bos_token} and the like first
 * @param unsaid names that no file gives a token, only the class or the padding does
 * @param extra without a name
 * @param decoder by id, as {@code added_tokens_decoder} has them or legacy files make it up
 */
record NamedTokens(
    Map<String, AddedToken> named,
    Set<String> unsaid,
    List<AddedToken> extra,
    SortedMap<Integer, AddedToken> decoder) {}
