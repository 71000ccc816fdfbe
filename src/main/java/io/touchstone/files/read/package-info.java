/**
 * From what a user names to lines: inputs listed, cut into pieces and read; imports files,
 * files.columns, problem and conversation.
 */
@NullMarked
package io.touchstone.files.read;

import org.jspecify.annotations.NullMarked;
