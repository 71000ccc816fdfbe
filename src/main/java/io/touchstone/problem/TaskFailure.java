package io.touchstone.problem;

/** What a job says of a task that failed. */
public final class TaskFailure {

  private TaskFailure() {}

  /** Spark wraps what a task threw, and if it cannot ship it, quotes it with its stack trace. */
  public static JobException of(Exception thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof JobException ours) {
        return new JobException(String.valueOf(ours.getMessage()), thrown);
      }
    }
    String message = String.valueOf(thrown.getMessage());
    String quoted = JobException.class.getName() + ": ";
    int start = message.indexOf(quoted);
    if (start < 0) {
      return new JobException(Told.by(thrown), thrown);
    }
    int end = message.indexOf("\n\tat ", start);
    return new JobException(
        message.substring(start + quoted.length(), end < 0 ? message.length() : end), thrown);
  }
}
