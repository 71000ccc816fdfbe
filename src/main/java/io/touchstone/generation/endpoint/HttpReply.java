package io.touchstone.generation.endpoint;

import java.util.OptionalLong;

/**
 * What came back of one request, whole.
 *
 * @param location where a redirect points; empty without one
 * @param retryAfterMillis that the server asks to be left alone; empty where it does not say
 * @param body of a failure maybe only its beginning; owned by the reply
 */
record HttpReply(int status, String location, OptionalLong retryAfterMillis, byte[] body) {

  static final int OK = 200;

  boolean isOk() {
    return status == OK;
  }
}
