/**
 * From a conversation to its prompt text: a checkpoint's chat template, or SteerLM's fixed prompt;
 * imports conversation and template.jinja.
 */
@NullMarked
package io.touchstone.template;

import org.jspecify.annotations.NullMarked;
