import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every block of code of every page, in order, in one copy of the project: README, docs and data-samples.
 *
 * <p>A block is run as it stands, unless a comment in front of it, which no reader sees, says what else it is:
 *
 * <pre>{@code
 * <!-- prints -->           what the block before printed, compared
 * <!-- text -->             neither a command nor what one prints: a file, a formula, a line of a log
 * <!-- not run: REASON -->  a command that needs what is not here; its flags are held against the job's --help
 * <!-- exit N -->           a command that must end with that status
 * }</pre>
 *
 * <p>In a block with prompts ({@code $ }) what follows a command is what it prints. Blocks in {@code python} fences are programs of
 * their own. Standard output is a terminal, as a reader's is. Words must be equal, figures nearly, those of time and memory need
 * not be; {@code …} stands for anything. Links between the pages must lead somewhere.
 */
final class Pages {
  private static final Set<String> REASONS =
      Set.of("cluster", "GPU", "s3", "benchmark", "server", "schedule", "tests", "your data", "your model");

  private static final Pattern MARK = Pattern.compile("<!-- (prints|text|not run: .+|exit \\d+) -->");
  private static final Pattern IMPORT = Pattern.compile("(?m)^\\s*(?:import|from) (\\w+)");
  private static final Pattern JOB = Pattern.compile("jobs/([a-z]+)\\b");
  private static final Pattern FLAG = Pattern.compile("(?<=\\s)--[a-z][a-z-]*");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  private final Path project = Path.of("").toAbsolutePath();
  private final Path folder;
  private final Path work;
  private final String python = System.getenv().getOrDefault("PAGES_PYTHON", "python3");
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> notRun = new TreeMap<>();
  private final Set<String> skipped = new LinkedHashSet<>();
  private final Map<String, String> helps = new TreeMap<>();
  private int ran;
  private int compared;

  private Pages(Path folder) {
    this.folder = folder;
    this.work = folder.resolve("touchstone");
  }

  /** A block of code: its page, its first line's number, what its comment and its fence say, and its lines. */
  private record Block(String page, int line, String mark, String language, List<String> lines) {
    String at() {
      return page + ":" + line;
    }

    String text() {
      return String.join("\n", lines) + "\n";
    }

    boolean prompted() {
      return lines.get(0).startsWith("$ ");
    }
  }

  /** What a process printed, and how it ended. */
  private record Ran(int status, String printed, String complained) {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("pages");
    var pages = new Pages(folder);
    pages.copyProject();
    List<String> names = arguments.length > 0 ? List.of(arguments) : pages.names();
    for (String name : names) {
      pages.run(name);
    }
    pages.tell();
    if (!pages.failures.isEmpty()) {
      System.out.println("what was run lies in " + pages.work);
      System.exit(1);
    }
    delete(folder);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> docs = Files.list(project.resolve("docs"))) {
      Stream<String> sorted =
          docs.map(each -> "docs/" + each.getFileName()).filter(each -> each.endsWith(".md")).sorted();
      return Stream.of(Stream.of("README.md"), sorted, Stream.of("data-samples/README.md"))
          .flatMap(each -> each)
          .toList();
    }
  }

  /** What git keeps, and the build where there is one. */
  private void copyProject() throws IOException, InterruptedException {
    List<String> files =
        new ArrayList<>(
            process(project, List.of("git", "ls-files", "--cached", "--others", "--exclude-standard"))
                .printed()
                .lines()
                .toList());
    for (String built : List.of("touchstone.jar", "touchstone-cluster.jar", "classpath.txt")) {
      files.add("target/" + built);
    }
    for (String file : files) {
      Path from = project.resolve(file);
      if (Files.isRegularFile(from)) {
        Path to = work.resolve(file);
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private void run(String name) throws IOException, InterruptedException {
    String text = Files.readString(project.resolve(name));
    checkLinks(name, text);
    String before = "";
    for (Block block : blocks(name, text)) {
      if (block.mark().equals("prints")) {
        compare(block.at(), block.text(), before);
      } else if (block.mark().startsWith("not run: ")) {
        notRun(block);
      } else if (block.language().equals("python")) {
        before = runPython(block);
      } else if (!block.mark().equals("text")) {
        before = block.prompted() ? runPrompted(block) : runPlain(block);
      }
    }
  }

  /** The blocks of a page: indented by four columns behind a blank line, or fenced. */
  private List<Block> blocks(String page, String text) {
    List<String> lines = text.lines().toList();
    var blocks = new ArrayList<Block>();
    String mark = "";
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      Matcher marked = MARK.matcher(line);
      if (marked.matches()) {
        mark = marked.group(1);
        continue;
      }
      boolean fenced = line.startsWith("```");
      boolean indented = line.startsWith("    ") && (at == 0 || lines.get(at - 1).isBlank());
      if (!fenced && !indented) {
        mark = line.isBlank() ? mark : "";
        continue;
      }
      int first = fenced ? at + 1 : at;
      int end = first;
      while (end < lines.size() && (fenced ? !lines.get(end).startsWith("```") : isCode(lines.get(end)))) {
        end++;
      }
      List<String> code = lines.subList(first, end).stream().map(each -> fenced ? each : unindented(each)).toList();
      String language = fenced ? line.substring(3).strip() : "";
      boolean shown = !List.of("", "sh", "bash", "python").contains(language);
      blocks.add(new Block(page, first + 1, mark.isEmpty() && shown ? "text" : mark, language, code));
      mark = "";
      at = fenced ? end : end - 1;
    }
    return blocks;
  }

  private static boolean isCode(String line) {
    return line.startsWith("    ") || line.isBlank();
  }

  private static String unindented(String line) {
    return line.isBlank() ? "" : line.substring(4);
  }

  private String runPlain(Block block) throws IOException, InterruptedException {
    Ran result = shell(block.text());
    expectStatus(block, result);
    return result.printed();
  }

  /** Commands behind prompts, each with what it prints. */
  private String runPrompted(Block block) throws IOException, InterruptedException {
    var printed = new StringBuilder();
    List<String> lines = block.lines();
    for (int at = 0; at < lines.size(); ) {
      var command = new StringBuilder(lines.get(at++).substring(2));
      while (command.toString().endsWith("\\")) {
        command.append("\n").append(lines.get(at++).strip());
      }
      int first = at;
      while (at < lines.size() && !lines.get(at).startsWith("$ ")) {
        at++;
      }
      Ran result = shell(command + "\n");
      expectStatus(block, result);
      compare(block.page() + ":" + (block.line() + first), String.join("\n", lines.subList(first, at)), result.printed());
      printed.append(result.printed());
    }
    return printed.toString();
  }

  private String runPython(Block block) throws IOException, InterruptedException {
    String modules = IMPORT.matcher(block.text()).results().map(each -> each.group(1)).collect(Collectors.joining(" "));
    String asked =
        "import importlib.util, sys; print(*[m for m in sys.argv[1:] if not importlib.util.find_spec(m)])";
    var ask = new ArrayList<>(List.of(python, "-c", asked));
    ask.addAll(List.of(modules.split(" ")));
    Optional<Ran> found = tried(ask);
    if (found.isEmpty() || found.get().status() != 0) {
      return skip(block, "no " + python);
    }
    String missing = found.get().printed().strip();
    if (!missing.isEmpty()) {
      return skip(block, "no Python package " + missing.replace(" ", ", "));
    }
    Path program = Files.writeString(folder.resolve("snippet.py"), block.text());
    Ran result = shell(python + " " + program + "  # " + block.at() + "\n");
    expectStatus(block, result);
    return result.printed();
  }

  private Optional<Ran> tried(List<String> command) throws InterruptedException {
    try {
      return Optional.of(process(work, command));
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  private String skip(Block block, String reason) {
    System.out.println("SKIPPED " + block.at() + ": " + reason);
    skipped.add(reason);
    return "…";
  }

  private void notRun(Block block) throws IOException, InterruptedException {
    String reason = block.mark().substring("not run: ".length());
    notRun.merge(reason, 1, Integer::sum);
    if (!REASONS.contains(reason)) {
      fail(block.at(), "expected a reason out of " + REASONS + ", found " + reason);
    }
    String job = "";
    for (String line : block.text().replace("\\\n", " ").split("\n|\\|")) {
      Matcher named = JOB.matcher(line);
      job = named.find() ? named.group(1) : "";
      if (!job.isEmpty() && Files.isRegularFile(work.resolve("jobs/" + job))) {
        String help = help(job);
        FLAG.matcher(line)
            .results()
            .map(MatchResult::group)
            .filter(flag -> !help.contains(flag))
            .forEach(flag -> fail(block.at(), "expected flags of the job's --help, found " + flag));
      }
    }
  }

  private String help(String job) throws IOException, InterruptedException {
    if (!helps.containsKey(job)) {
      helps.put(job, process(work, List.of("jobs/" + job, "--help")).printed());
    }
    return helps.get(job);
  }

  private void expectStatus(Block block, Ran result) {
    ran++;
    int expected = block.mark().startsWith("exit ") ? Integer.parseInt(block.mark().substring(5)) : 0;
    if (result.status() != expected) {
      fail(
          block.at(),
          "expected exit status " + expected + ", found " + result.status() + "\n" + result.printed() + result.complained());
    }
  }

  private void compare(String at, String shown, String printed) {
    compared++;
    new Shown(shown.replace("/tmp/touchstone", work.toString())).difference(printed).ifPresent(each -> fail(at, each));
  }

  private void fail(String at, String what) {
    failures.add(at);
    System.out.println("FAILED " + at + ": " + what.stripTrailing().replace("\n", "\n    "));
  }

  /** Runs a script with a terminal for its standard output, as a reader would. */
  private Ran shell(String script) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("block.sh"), "set -eo pipefail\n" + script);
    Path complaints = folder.resolve("complaints");
    long begun = System.nanoTime();
    Ran result =
        process(work, List.of("script", "-qec", "timeout --foreground 900 bash " + file + " 2>" + complaints, "/dev/null"));
    String first = script.lines().findFirst().orElse("");
    System.out.printf(
        Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - begun) / 1e9, first.substring(0, Math.min(100, first.length())));
    return new Ran(result.status(), result.printed().replace("\r\n", "\n"), Files.readString(complaints));
  }

  private Ran process(Path where, List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
    builder.redirectInput(new File("/dev/null"));
    if (python.contains("/")) {
      builder.environment().merge("PATH", Path.of(python).getParent().toString(), (path, bin) -> bin + ":" + path);
    }
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor(1, TimeUnit.MINUTES);
    return new Ran(process.exitValue(), printed, "");
  }

  private void checkLinks(String name, String text) throws IOException {
    Path here = project.resolve(name);
    for (Matcher link = LINK.matcher(text); link.find(); ) {
      String target = link.group(1);
      if (target.matches("[a-z]+:.*")) {
        continue;
      }
      String[] parts = target.split("#", 2);
      Path file = parts[0].isEmpty() ? here : here.resolveSibling(parts[0]);
      if (!Files.exists(file)) {
        fail(name, "link to " + target + ", which is not there");
      } else if (parts.length == 2 && !anchors(file).contains(parts[1])) {
        fail(name, "link to " + target + ", which has no such heading");
      }
    }
  }

  private static Set<String> anchors(Path page) throws IOException {
    return Files.readString(page)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private void tell() {
    int left = notRun.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf("%n%d commands and programs run, %d outputs compared%n", ran, compared);
    System.out.printf("%d blocks not run: %s%n", left, notRun);
    skipped.forEach(reason -> System.out.println("SKIPPED for want of Python: " + reason));
    System.out.println(failures.isEmpty() ? "all pages hold" : "FAILED: " + String.join(", ", failures));
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, IOException failure) throws IOException {
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** What a page shows: words and figures, apart from how they are set. */
  private record Shown(String text) {
    private static final Pattern FIGURE =
        Pattern.compile("(?<![\\w.])-?\\d[\\d,]*(?:\\.\\d+)?(?:[eE][-+]?\\d+)?(?![\\w])");

    /** Lines whose figures are the machine's: time, rates and memory. */
    private static final Pattern MACHINE = Pattern.compile("\\d (?:s|MiB|GiB)\\b|a second|tokens/s");

    private static final double NEAR = 2e-3;

    Optional<String> difference(String printed) {
      List<String> expected = words(text);
      List<String> found = words(printed);
      int at = 0;
      for (int place = 0; place < expected.size(); place++) {
        String word = expected.get(place);
        if (word.endsWith("…")) {
          String begin = word.substring(0, word.length() - 1);
          String next = place + 1 < expected.size() ? expected.get(place + 1) : "";
          if (!begin.isEmpty() && (at >= found.size() || !found.get(at).startsWith(begin))) {
            return told(expected, place, found, at);
          }
          while (at < found.size() && (next.isEmpty() || !same(next, found.get(at)))) {
            at++;
          }
        } else if (at < found.size() && same(word, found.get(at))) {
          at++;
        } else {
          return told(expected, place, found, at);
        }
      }
      return at == found.size() ? Optional.empty() : told(expected, expected.size(), found, at);
    }

    private static Optional<String> told(List<String> expected, int place, List<String> found, int at) {
      return Optional.of(
          "expected … " + around(expected, place) + "\nfound    … " + around(found, at)
              + "\nall that was printed:\n" + String.join(" ", found));
    }

    private static String around(List<String> words, int at) {
      return String.join(" ", words.subList(Math.max(0, at - 6), at))
          + " >>> "
          + String.join(" ", words.subList(at, Math.min(words.size(), at + 6)));
    }

    /** The words, with a question mark in place of each figure that is the machine's. */
    private static List<String> words(String text) {
      return text.lines()
          .map(line -> MACHINE.matcher(line).find() ? FIGURE.matcher(line).replaceAll("?") : line)
          .flatMap(line -> Stream.of(line.strip().split("\\s+")))
          .filter(word -> !word.isEmpty())
          .toList();
    }

    private static boolean same(String expected, String found) {
      if (!FIGURE.matcher(expected).replaceAll("?").equals(FIGURE.matcher(found).replaceAll("?"))) {
        return false;
      }
      List<Double> these = figures(expected);
      List<Double> those = figures(found);
      for (int at = 0; at < these.size(); at++) {
        double far = Math.abs(these.get(at) - those.get(at));
        if (far > NEAR * Math.max(1, Math.abs(these.get(at)))) {
          return false;
        }
      }
      return true;
    }

    private static List<Double> figures(String word) {
      return FIGURE.matcher(word)
          .results()
          .map(each -> Double.valueOf(each.group().replace(",", "")))
          .toList();
    }
  }
}
