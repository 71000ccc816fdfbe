package page;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Someone who types what the pages say, in a copy of the project, on a terminal. */
final class Reader {
  private static final String SECONDS = "900";

  private final Path folder;
  private final Path work;
  private final String python;
  private final Map<String, String> helps = new TreeMap<>();

  /** What a process printed, and how it ended. */
  record Ran(int status, String printed, String complained) {}

  private Reader(Path folder, String python) {
    this.folder = folder;
    this.work = folder.resolve("touchstone");
    this.python = python;
  }

  /** One with a copy of what git keeps of the project, and of its build where there is one. */
  static Reader of(Path project, String python) throws IOException, InterruptedException {
    var reader = new Reader(Files.createTempDirectory("pages"), python);
    List<String> git = List.of("git", "ls-files", "--cached", "--others", "--exclude-standard");
    String kept = reader.process(project, git).printed();
    Stream<String> built =
        Stream.of("touchstone.jar", "touchstone-cluster.jar", "classpath.txt")
            .map(name -> "target/" + name);
    for (String file : Stream.concat(kept.lines(), built).toList()) {
      if (Files.isRegularFile(project.resolve(file))) {
        Path to = reader.work.resolve(file);
        Files.createDirectories(to.getParent());
        Files.copy(project.resolve(file), to, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return reader;
  }

  /** Where the pages' commands are typed; the pages call it {@code /tmp/touchstone}. */
  Path work() {
    return work;
  }

  /** Runs commands of bash; standard output is a terminal, standard error is kept apart. */
  Ran types(String commands) throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("block.sh"), "set -eo pipefail\n" + commands);
    Path complaints = folder.resolve("complaints");
    String call = "timeout --foreground " + SECONDS + " bash " + script + " 2>" + complaints;
    long begun = System.nanoTime();
    Ran ran = process(work, List.of("script", "-qec", call, "/dev/null"));
    String first = commands.lines().findFirst().orElse("");
    System.out.printf(
        Locale.ROOT,
        "%6.1f s  %s%n",
        (System.nanoTime() - begun) / 1e9,
        first.substring(0, Math.min(100, first.length())));
    String printed = ran.printed().replace("\r\n", "\n");
    return new Ran(ran.status(), printed, Files.readString(complaints));
  }

  /** Runs a program of Python, which the log calls by its place. */
  Ran runs(String program, String place) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("snippet.py"), program);
    return types("# " + place + "\n" + python + " " + file + "\n");
  }

  /** What a block needs and this machine lacks. */
  List<String> missing(Block block) throws InterruptedException {
    return block.isPython() ? missingPackages(block.needs()) : missingPrograms(block.needs());
  }

  private List<String> missingPrograms(List<String> programs) throws InterruptedException {
    var missing = new ArrayList<String>();
    for (String program : programs) {
      try {
        process(work, List.of(program, "--version"));
      } catch (IOException absent) {
        missing.add(program);
      }
    }
    return missing;
  }

  /** Packages that Python lacks, or Python itself. */
  private List<String> missingPackages(List<String> packages) throws InterruptedException {
    String asked =
        "import importlib.util, sys;"
            + " print(*[m for m in sys.argv[1:] if not importlib.util.find_spec(m)])";
    var call = new ArrayList<>(List.of(python, "-c", asked));
    call.addAll(packages);
    try {
      Ran ran = process(work, call);
      String missing = ran.status() == 0 ? ran.printed().strip() : python;
      return missing.isEmpty() ? List.of() : List.of(missing.split("\\s+"));
    } catch (IOException absent) {
      return List.of(python);
    }
  }

  /** What a job says of its flags; nothing if there is no such job. */
  String help(String job) throws IOException, InterruptedException {
    if (!helps.containsKey(job)) {
      boolean isJob = Files.isRegularFile(work.resolve("jobs/" + job));
      helps.put(job, isJob ? process(work, List.of("jobs/" + job, "--help")).printed() : "");
    }
    return helps.get(job);
  }

  private Ran process(Path where, List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
    builder.redirectInput(new File("/dev/null"));
    if (python.contains("/")) {
      String bin = Path.of(python).getParent().toString();
      builder.environment().merge("PATH", bin, (path, first) -> first + ":" + path);
    }
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ran(process.waitFor(), printed, "");
  }

  void forgets() throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, IOException failure)
              throws IOException {
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
