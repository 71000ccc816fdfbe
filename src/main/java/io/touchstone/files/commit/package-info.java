/**
 * The folder of a result: whose it is, one commit a piece, what may be resumed; imports files,
 * files.part, files.read, problem and conversation.line.
 */
@NullMarked
package io.touchstone.files.commit;

import org.jspecify.annotations.NullMarked;
