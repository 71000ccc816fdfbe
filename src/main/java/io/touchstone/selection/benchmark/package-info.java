/**
 * The published benchmarks of reward models, each with its authors' arithmetic, as pure functions;
 * imports conversation.format, conversation.line, digest, selection and selection.statistics.
 */
@NullMarked
package io.touchstone.selection.benchmark;

import org.jspecify.annotations.NullMarked;
