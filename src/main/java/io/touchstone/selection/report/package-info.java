/**
 * What a report says of scored rows, as pure functions; imports conversation, conversation.format,
 * conversation.line and selection.statistics.
 */
@NullMarked
package io.touchstone.selection.report;

import org.jspecify.annotations.NullMarked;
