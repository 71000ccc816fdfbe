/**
 * From a conversation to the token ids that are continued; imports conversation, generation,
 * reward, scoring, scoring.prompt, template, template.jinja and tokenizer.
 */
@NullMarked
package io.touchstone.generation.prompt;

import org.jspecify.annotations.NullMarked;
