/**
 * Reads a small input, or the first rows of a large one, in this process; imports
 * conversation.line, files.read, problem, progress, reward, selection and selection.formula.
 */
@NullMarked
package io.touchstone.files.scan;

import org.jspecify.annotations.NullMarked;
