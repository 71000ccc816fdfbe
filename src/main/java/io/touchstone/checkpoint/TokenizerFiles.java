package io.touchstone.checkpoint;

import io.touchstone.tokenizer.transformers.MadeTokenizer;
import java.util.List;
import java.util.Optional;

/**
 * What the tokenizer's files come to.
 *
 * @param templateNames of several named templates, where none of them is the default
 * @param made empty only beside problems
 */
record TokenizerFiles(
    Optional<String> chatTemplate, List<String> templateNames, Optional<MadeTokenizer> made) {}
