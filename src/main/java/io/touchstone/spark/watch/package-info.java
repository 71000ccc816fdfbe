/**
 * What an attempt is about to do, for whoever comes after its death; imports conversation.line,
 * files, files.commit, files.read, problem, reward, scoring.pipeline and spark.progress.
 */
@NullMarked
package io.touchstone.spark.watch;

import org.jspecify.annotations.NullMarked;
