/**
 * The folder of a result: whose it is, one commit a piece, what may be resumed; imports
 * conversation.format, conversation.line, files, files.columns, files.part, files.read, problem and
 * reward.
 */
@NullMarked
package io.touchstone.files.commit;

import org.jspecify.annotations.NullMarked;
