/**
 * Reads a small input, or the first rows of a large one, in this process; imports files,
 * files.read, progress, problem, conversation and selection.
 */
@NullMarked
package io.touchstone.files.scan;

import org.jspecify.annotations.NullMarked;
