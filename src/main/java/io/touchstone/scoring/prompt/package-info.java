/**
 * From a conversation to what a forward pass reads; imports batch, conversation, digest, reward,
 * scoring, template, template.jinja and tokenizer.
 */
@NullMarked
package io.touchstone.scoring.prompt;

import org.jspecify.annotations.NullMarked;
