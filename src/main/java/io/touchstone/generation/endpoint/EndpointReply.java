package io.touchstone.generation.endpoint;

import io.touchstone.generation.Answer;
import java.util.OptionalLong;

/** What one request came to. */
sealed interface EndpointReply {

  /**
   * One sample.
   *
   * @param promptTokens as the server counts them; 0 where it does not say
   * @param cachedTokens of these that it had computed before; 0 where it does not say
   */
  record Sample(Answer answer, long promptTokens, long cachedTokens) implements EndpointReply {}

  /** No sample. */
  sealed interface Failure extends EndpointReply {

    /** What came in its place, without text of the conversation. */
    String told();
  }

  /**
   * The row cannot be answered, the next one maybe.
   *
   * @param kind of the rejection
   */
  record Unanswerable(String kind, String told) implements Failure {}

  /**
   * No answer for now.
   *
   * @param waitMillis that the server asks for
   * @param blamed who may be at fault
   */
  record Again(String told, OptionalLong waitMillis, Blame blamed) implements Failure {}

  /** No answer to any row. */
  record Hopeless(String told) implements Failure {}

  /** Whose fault a failure may be. */
  enum Blame {
    /** The server is busy or away. */
    SERVER,
    /** The connection was lost after the request had gone out. */
    EITHER,
    /** Maybe the row's: the server answers in its own way, or not in time. */
    ROW
  }
}
