/**
 * Decoder families, each a file that says how it differs, and the model classes that put a head on
 * one; imports checkpoint.config and problem.
 */
@NullMarked
package io.touchstone.checkpoint.family;

import org.jspecify.annotations.NullMarked;
