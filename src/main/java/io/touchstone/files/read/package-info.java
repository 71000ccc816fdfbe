/**
 * From what a user names to lines: inputs listed, cut into pieces and read; imports
 * conversation.format, conversation.line, digest, files, files.columns, problem and reward.
 */
@NullMarked
package io.touchstone.files.read;

import org.jspecify.annotations.NullMarked;
