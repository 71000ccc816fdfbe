package page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs every block of code of every page, in order, in one copy of the project: README, docs and
 * data-samples.
 *
 * <p>A block is run as it stands, unless a comment in front of it, which no reader sees, says what
 * else it is:
 *
 * <pre>{@code
 * <!-- prints -->           what the block before printed, compared
 * <!-- text -->             neither a command nor what one prints: a file, a formula, a line of a log
 * <!-- not run: REASON -->  a command that needs what is not here; its flags are held against the job's --help
 * <!-- exit N -->           commands that must end with that status
 * <!-- with the program before -->  skipped with it, where that is skipped
 * }</pre>
 *
 * <p>In a block with prompts ({@code $ }) what follows a command is what it prints ({@link Shown}).
 * Blocks in fences of {@code python} are programs of their own. What this machine lacks (Python or
 * one of the packages that a program imports, jq) is skipped aloud.
 */
final class Pages {
  private static final Set<String> REASONS =
      Set.of(
          "cluster",
          "GPU",
          "s3",
          "benchmark",
          "server",
          "schedule",
          "tests",
          "your data",
          "your model");

  private static final Pattern JOB = Pattern.compile("jobs/([a-z]+)\\b");
  private static final Pattern FLAG = Pattern.compile("(?<=\\s)--[a-z][a-z-]*");

  private final Path project;
  private final Reader reader;
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> notRun = new TreeMap<>();
  private final Set<String> skipped = new LinkedHashSet<>();
  private int ran;
  private int compared;

  private Pages(Path project, Reader reader) {
    this.project = project;
    this.reader = reader;
  }

  public static void main(String[] names) throws IOException, InterruptedException {
    Path project = Path.of("").toAbsolutePath();
    String python = System.getenv().getOrDefault("PAGES_PYTHON", "python3");
    var pages = new Pages(project, Reader.of(project, python));
    for (String name : names.length > 0 ? List.of(names) : pages.names()) {
      pages.take(name);
    }
    System.exit(pages.told() ? 0 : 1);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> docs = Files.list(project.resolve("docs"))) {
      List<String> sorted =
          docs.map(each -> "docs/" + each.getFileName())
              .filter(each -> each.endsWith(".md"))
              .sorted()
              .toList();
      var names = new ArrayList<String>(List.of("README.md"));
      names.addAll(sorted);
      names.add("data-samples/README.md");
      return names;
    }
  }

  private void take(String name) throws IOException, InterruptedException {
    Path page = project.resolve(name);
    List<String> lines = Files.readAllLines(page);
    List<Block> blocks = Block.of(name, lines);
    Layout.problems(page, lines, blocks).forEach(problem -> fail(name, problem));
    Optional<String> before = Optional.of("");
    for (Block block : blocks) {
      if (block.isNotRun()) {
        leave(block);
      } else if (!block.isText() && (before.isPresent() || !block.goesWithTheOneBefore())) {
        if (block.prints()) {
          compare(block.at(), block.text(), before.get());
        } else if (lacks(block)) {
          before = Optional.empty();
        } else {
          before = Optional.of(block.isPython() ? runPython(block) : run(block));
        }
      }
    }
  }

  /** Whether the machine lacks what a block needs, which is said. */
  private boolean lacks(Block block) throws InterruptedException {
    List<String> missing = reader.missing(block);
    if (missing.isEmpty()) {
      return false;
    }
    String reason = "this machine has no " + String.join(", ", missing);
    System.out.println("SKIPPED " + block.at() + ": " + reason);
    skipped.add(block.at() + ": " + reason);
    return true;
  }

  /** Returns all that its commands print. */
  private String run(Block block) throws IOException, InterruptedException {
    var printed = new StringBuilder();
    for (Block.Step step : block.steps()) {
      Reader.Ran result = reader.types(step.command());
      expectStatus(block, result);
      if (step.shown() != null) {
        compare(block.page() + ":" + step.line(), step.shown(), result.printed());
      }
      printed.append(result.printed());
    }
    return printed.toString();
  }

  private String runPython(Block block) throws IOException, InterruptedException {
    Reader.Ran result = reader.runs(block.text(), block.at());
    expectStatus(block, result);
    return result.printed();
  }

  private void leave(Block block) throws IOException, InterruptedException {
    notRun.merge(block.reason(), 1, Integer::sum);
    if (!REASONS.contains(block.reason())) {
      fail(block.at(), "expected a reason out of " + REASONS + ", found " + block.reason());
    }
    for (String line : block.text().replace("\\\n", " ").split("\n|\\|")) {
      Matcher job = JOB.matcher(line);
      String help = job.find() ? reader.help(job.group(1)) : "";
      if (!help.isEmpty()) {
        FLAG.matcher(line)
            .results()
            .map(MatchResult::group)
            .filter(flag -> !help.contains(flag))
            .forEach(flag -> fail(block.at(), "expected flags of --help, found " + flag));
      }
    }
  }

  private void expectStatus(Block block, Reader.Ran result) {
    ran++;
    if (result.status() != block.status()) {
      String found = "expected status " + block.status() + ", found " + result.status();
      fail(block.at(), found + "\n" + result.printed() + result.complained());
    }
  }

  private void compare(String at, String shown, String printed) {
    compared++;
    new Shown(shown.replace("/tmp/touchstone", reader.work().toString()))
        .difference(printed)
        .ifPresent(difference -> fail(at, difference));
  }

  private void fail(String at, String what) {
    failures.add(at);
    System.out.println("FAILED " + at + ": " + what.stripTrailing().replace("\n", "\n    "));
  }

  /**
   * Whether all is well, with all that was done; where it is not, the copy of the project stays.
   */
  private boolean told() throws IOException {
    int left = notRun.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf("%n%d commands and programs run, %d outputs compared%n", ran, compared);
    System.out.printf("%d blocks not run: %s%n", left, notRun);
    skipped.forEach(reason -> System.out.println("SKIPPED " + reason));
    if (failures.isEmpty()) {
      System.out.println("all pages hold");
      reader.forgets();
      return true;
    }
    System.out.println("FAILED: " + String.join(", ", failures));
    System.out.println("what was typed lies in " + reader.work());
    return false;
  }
}
