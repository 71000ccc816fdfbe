/**
 * The tokenizer that transformers 5.23.0 makes of a model folder's files, as the text of a {@code
 * tokenizer.json}; imports digest and problem.
 */
@NullMarked
package io.touchstone.tokenizer.transformers;

import org.jspecify.annotations.NullMarked;
