package io.touchstone.generation.endpoint;

import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The address below which a server answers, as OpenAI's clients know it: what {@code
 * /chat/completions} is appended to.
 *
 * @param base without a slash at its end, without credentials
 */
public record EndpointUrl(URI base) implements Serializable {

  private static final String VERSION = "/v1";
  private static final String COMPLETIONS = "/chat/completions";
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * Reads what a user gives: a server's root, to which {@code /v1} is added, or any path below it,
   * which is taken as it is, with or without {@code /chat/completions} at its end.
   *
   * @param setting that gives it, for messages
   * @throws Refused if it is no address of a server, or holds a login
   */
  public static EndpointUrl of(String setting, String given) {
    @Nullable URI uri = parsed(given.strip());
    String problem = uri == null ? "something else" : problem(uri);
    if (uri == null || !problem.isEmpty()) {
      throw Refused.because(
          Problem.at(setting)
              .expected("a server's address such as http://HOST:8000/v1")
              .found(problem));
    }
    String path = uri.getRawPath().replaceAll("/+$", "");
    if (path.endsWith(COMPLETIONS)) {
      path = path.substring(0, path.length() - COMPLETIONS.length());
    } else if (path.isEmpty()) {
      path = VERSION;
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    return new EndpointUrl(URI.create(scheme + "://" + uri.getRawAuthority() + path));
  }

  private static @Nullable URI parsed(String given) {
    try {
      return new URI(given);
    } catch (URISyntaxException malformed) {
      return null;
    }
  }

  /** What is found in place of an address, which may hold a login and is not repeated then. */
  private static String problem(URI uri) {
    String given = uri.toString();
    if (given.contains("@")) {
      return "one with a login, which is not repeated: give a key by its variable or file instead";
    }
    if (uri.getScheme() == null || uri.isOpaque()) {
      return Problem.shown(given) + ", without http:// or https://";
    }
    if (!SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
      return Problem.shown(given) + ": only http and https are spoken";
    }
    if (uri.getHost() == null) {
      return Problem.shown(given) + ", which names no host";
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return "one with ? or #, which is not repeated";
    }
    return "";
  }

  URI completions() {
    return URI.create(base + COMPLETIONS);
  }

  URI models() {
    return URI.create(base + "/models");
  }

  /** Whether what is sent can be read on its way. */
  boolean isOpen() {
    return base.getScheme().equals("http") && !THIS_MACHINE.contains(base.getHost());
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
