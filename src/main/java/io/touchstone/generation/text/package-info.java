/**
 * From generated tokens to texts: stop strings, thoughts and decoding; imports generation and
 * tokenizer.
 */
@NullMarked
package io.touchstone.generation.text;

import org.jspecify.annotations.NullMarked;
