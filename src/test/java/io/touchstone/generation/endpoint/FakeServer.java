package io.touchstone.generation.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on this machine that speaks HTTP/1.1 and chat completions as it is told to, or worse:
 * each request is answered by the next behaviour that is queued, then by the usual one.
 */
final class FakeServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What it does with a request: writes bytes as they go over the wire, or throws. */
  interface Behaviour {
    void answer(Request request, OutputStream out) throws IOException, InterruptedException;
  }

  record Request(String method, String path, Map<String, String> headers, String body) {

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Content of the last message. */
    String asked() {
      JsonNode messages = json().path("messages");
      return messages.path(messages.size() - 1).path("content").asText();
    }

    boolean isTrial() {
      return asked().equals("Say yes.");
    }
  }

  private final ServerSocket listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  private final Queue<Behaviour> next = new ConcurrentLinkedQueue<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger underway = new AtomicInteger();
  private final AtomicInteger mostUnderway = new AtomicInteger();

  /** Chat completions in the order in which they came. */
  final List<Request> completions = new CopyOnWriteArrayList<>();

  volatile Behaviour usual = (request, out) -> send(out, completion("You say: " + request.asked()));
  volatile Behaviour models = (request, out) -> send(out, 404, "{\"detail\":\"Not Found\"}");

  FakeServer() throws IOException {
    daemon(this::listen);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "fake-server");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "http://127.0.0.1:" + listening.getLocalPort() + "/v1";
  }

  int mostUnderway() {
    return mostUnderway.get();
  }

  FakeServer then(Behaviour... behaviours) {
    next.addAll(List.of(behaviours));
    return this;
  }

  private void listen() {
    try {
      while (true) {
        Socket connection = listening.accept();
        connections.add(connection);
        daemon(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      while (true) {
        Request request = read(in);
        boolean isCompletion = request.path().endsWith("/chat/completions");
        if (isCompletion) {
          completions.add(request);
        }
        mostUnderway.accumulateAndGet(underway.incrementAndGet(), Math::max);
        try {
          Behaviour queued = isCompletion ? next.poll() : models;
          (queued == null ? usual : queued).answer(request, connection.getOutputStream());
        } finally {
          underway.decrementAndGet();
        }
      }
    } catch (IOException | InterruptedException gone) {
      // The client has gone, or the behaviour wants the connection closed.
    }
  }

  private static Request read(InputStream in) throws IOException {
    String[] first = line(in).split(" ");
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(first[0], first[1], headers, new String(in.readNBytes(length), UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = in.read(); each != '\n'; each = in.read()) {
      if (each < 0) {
        throw new IOException("closed");
      }
      line.append((char) each);
    }
    return line.toString().strip();
  }

  static void send(OutputStream out, String json) throws IOException {
    send(out, 200, json);
  }

  static void send(OutputStream out, int status, String body, String... headers)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    raw(out, head(status, bytes.length, headers));
    out.write(bytes);
    out.flush();
  }

  static String head(int status, long length, String... headers) {
    List<String> lines = new ArrayList<>(List.of("HTTP/1.1 " + status + " Words"));
    lines.addAll(List.of(headers));
    lines.add("Content-Type: application/json");
    lines.add("Content-Length: " + length);
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  static void raw(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
  }

  static Behaviour status(int status, String body, String... headers) {
    return (request, out) -> send(out, status, body, headers);
  }

  static Behaviour json(String body) {
    return (request, out) -> send(out, body);
  }

  /** Leaves without a word. */
  static Behaviour hangUp() {
    return (request, out) -> {
      throw new IOException("hang up");
    };
  }

  static String completion(String content) {
    return completion(content, "stop", 3);
  }

  static String completion(String content, String finish, int tokens) {
    return """
        {"id":"x","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant",\
        "content":%s},"finish_reason":"%s"}],"usage":{"prompt_tokens":5,"completion_tokens":%d}}"""
        .formatted(quoted(content), finish, tokens);
  }

  static String quoted(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
