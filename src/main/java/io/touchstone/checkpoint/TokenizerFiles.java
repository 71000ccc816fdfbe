package io.touchstone.checkpoint;

import io.touchstone.tokenizer.transformers.MadeTokenizer;
import java.util.List;
import java.util.Optional;

/**
 * What the tokenizer's files come to.
 *
 * @param toolTemplate the one of conversations with tools, where they have one of their own
 * @param templateNames of several named templates, where none of them is the default
 * @param made empty only beside problems
 */
record TokenizerFiles(
    Optional<String> chatTemplate,
    Optional<String> toolTemplate,
    List<String> templateNames,
    Optional<MadeTokenizer> made) {}
