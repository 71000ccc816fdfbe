/**
 * What {@code config.json} says: the decoder, its windows and rotation, the head and where it is
 * read, and what is refused; imports problem and tokenizer.transformers.
 */
@NullMarked
package io.touchstone.checkpoint.config;

import org.jspecify.annotations.NullMarked;
