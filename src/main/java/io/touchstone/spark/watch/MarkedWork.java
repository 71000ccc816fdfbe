package io.touchstone.spark.watch;

import java.io.IOException;

/** What is done under a mark. */
@FunctionalInterface
public interface MarkedWork<T> {
  T run() throws IOException;
}
