/**
 * What lies in a part of a result, and among the rejected lines; imports conversation.line, files,
 * files.columns and reward.
 */
@NullMarked
package io.touchstone.files.part;

import org.jspecify.annotations.NullMarked;
