/**
 * The ports between job and engine, and the pipeline that takes lines to enriched lines; imports
 * conversation, reward, template, tokenizer and batch.
 */
@NullMarked
package io.touchstone.scoring;

import org.jspecify.annotations.NullMarked;
