package io.touchstone.template.jinja.syntax;

import io.touchstone.template.jinja.tree.Body;
import io.touchstone.template.jinja.tree.ExpressionNode;
import io.touchstone.template.jinja.tree.ExpressionNode.CallExpression;
import io.touchstone.template.jinja.tree.ExpressionNode.Literal;
import io.touchstone.template.jinja.tree.ExpressionNode.Name;
import io.touchstone.template.jinja.tree.Flow;
import io.touchstone.template.jinja.tree.StatementNode;
import io.touchstone.template.jinja.tree.StatementNode.CallBlock;
import io.touchstone.template.jinja.tree.StatementNode.FilterBlock;
import io.touchstone.template.jinja.tree.StatementNode.ForLoop;
import io.touchstone.template.jinja.tree.StatementNode.GenerationBlock;
import io.touchstone.template.jinja.tree.StatementNode.IfStatement;
import io.touchstone.template.jinja.tree.StatementNode.LoopExit;
import io.touchstone.template.jinja.tree.StatementNode.MacroDefinition;
import io.touchstone.template.jinja.tree.StatementNode.Print;
import io.touchstone.template.jinja.tree.StatementNode.SetBlock;
import io.touchstone.template.jinja.tree.StatementNode.SetStatement;
import io.touchstone.template.jinja.tree.StatementNode.TemplateText;
import io.touchstone.template.jinja.tree.StatementNode.WithBlock;
import io.touchstone.template.jinja.tree.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** jinja2's statements, with loop controls and transformers' {@code generation}. */
public final class StatementParser {
  private static final Set<String> UNSUPPORTED =
      Set.of("include", "import", "from", "extends", "block", "autoescape");

  private final ParseState state;
  private final TokenStream stream;
  private final ExpressionParser expressions;
  private final TargetParser targets;
  private int loopsAround;
  private int loopsOfFunction;

  private StatementParser(ParseState state) {
    this.state = state;
    this.stream = state.stream();
    this.expressions = new ExpressionParser(state);
    this.targets = new TargetParser(state);
  }

  /**
   * @throws TemplateSyntaxError where the source is no template, or needs what is not supported
   */
  public static Body template(String source, int maxNesting) {
    ParseState state = new ParseState(new TokenStream(Lexer.tokens(source)), maxNesting);
    StatementParser parser = new StatementParser(state);
    Body body = new Body(parser.statements(Set.of()), state.names().hidden());
    state.settle();
    return body;
  }

  /**
   * The texts of a template and the strings in its expressions, in the order of the source; strings
   * that follow one another are one.
   *
   * @throws TemplateSyntaxError where the source is no template
   */
  public static List<String> literals(String source) {
    List<String> literals = new ArrayList<>();
    StringBuilder string = new StringBuilder();
    for (TemplateToken token : Lexer.tokens(source)) {
      if (token.kind() == TemplateToken.Kind.STRING) {
        string.append(StringLiteral.unescape(token.text(), token.line()));
        continue;
      }
      if (!string.isEmpty()) {
        literals.add(string.toString());
        string.setLength(0);
      }
      if (token.kind() == TemplateToken.Kind.DATA) {
        literals.add(token.text());
      }
    }
    return literals;
  }

  /** Up to a tag of one of these names, which is left to be read; or to the template's end. */
  private List<StatementNode> statements(Set<String> ends) {
    return state.nested(
        () -> {
          List<StatementNode> statements = new ArrayList<>();
          boolean more = true;
          while (more) {
            more = addTo(statements, ends);
          }
          return statements;
        });
  }

  /** Adds what comes next, and says whether more may come. */
  private boolean addTo(List<StatementNode> statements, Set<String> ends) {
    TemplateToken token = stream.next();
    switch (token.kind()) {
      case DATA -> statements.add(new TemplateText(token.text()));
      case VARIABLE_BEGIN -> {
        statements.add(new Print(tuple(), token.line()));
        stream.expect(TemplateToken.Kind.VARIABLE_END);
      }
      case BLOCK_BEGIN -> {
        if (stream.isAt(TemplateToken.Kind.NAME) && ends.contains(stream.current().text())) {
          return false;
        }
        statements.addAll(statement());
        stream.expect(TemplateToken.Kind.BLOCK_END);
      }
      case END -> {
        if (!ends.isEmpty()) {
          throw stream.fail(
              "the template ends where one of these tags is missing: "
                  + String.join(", ", new TreeSet<>(ends)));
        }
        return false;
      }
      case VARIABLE_END, BLOCK_END, NAME, STRING, INTEGER, FLOAT, OPERATOR ->
          throw stream.unexpected("text or a tag");
    }
    return true;
  }

  /** The statements of a block whose tag has been read up to its end. */
  private List<StatementNode> block(Set<String> ends) {
    stream.skipOperator(":");
    stream.expect(TemplateToken.Kind.BLOCK_END);
    return statements(ends);
  }

  private Body frameBody(String end) {
    Body body = new Body(block(Set.of(end)), state.names().hidden());
    stream.expectName(end);
    return body;
  }

  private ExpressionNode tuple() {
    return expressions.tuple(expressions::expression, Set.of());
  }

  private List<StatementNode> statement() {
    TemplateToken tag = stream.expect(TemplateToken.Kind.NAME);
    String name = tag.text();
    return switch (name) {
      case "if" -> List.of(state.reached(true, this::ifStatement));
      case "for" -> List.of(forLoop(tag.line()));
      case "set" -> List.of(set(tag.line()));
      case "macro" -> List.of(macro());
      case "call" -> List.of(state.inFrame(() -> callBlock(tag.line())));
      case "filter" -> List.of(state.inFrame(() -> filterBlock(tag.line())));
      case "with" -> List.of(with(tag.line()));
      case "print" -> upToTheTagsEnd(() -> new Print(expressions.expression(), tag.line()));
      case "generation" -> List.of(state.inFrame(this::generation));
      case "break" -> List.of(loopExit(name, Flow.BREAK));
      case "continue" -> List.of(loopExit(name, Flow.CONTINUE));
      default -> {
        String fault =
            UNSUPPORTED.contains(name) ? "tag '%s' is not supported" : "unknown tag '%s'";
        throw new TemplateSyntaxError(tag.line(), fault.formatted(name));
      }
    };
  }

  private StatementNode ifStatement() {
    List<IfStatement.Branch> branches = new ArrayList<>();
    ExpressionNode condition = condition();
    FrameNames.Branches names = state.names().branches();
    while (true) {
      int line = stream.current().line();
      List<StatementNode> statements = block(Set.of("elif", "else", "endif"));
      branches.add(new IfStatement.Branch(condition, new Body(statements, Set.of()), line));
      names.endOne();
      String tag = stream.next().text();
      if (tag.equals("endif")) {
        break;
      }
      if (tag.equals("else")) {
        List<StatementNode> otherwise = block(Set.of("endif"));
        branches.add(
            new IfStatement.Branch(new Literal(true), new Body(otherwise, Set.of()), line));
        names.endOne();
        stream.expectName("endif");
        break;
      }
      condition = condition();
    }
    names.end();
    return new IfStatement(branches);
  }

  private ExpressionNode condition() {
    return expressions.tuple(expressions::or, Set.of());
  }

  private StatementNode forLoop(int line) {
    Target target = targets.target(TargetParser.Attributes.REFUSED);
    refuseLoopVariable(target);
    stream.expectName("in");
    ExpressionNode items = expressions.tuple(expressions::or, Set.of("recursive"));
    int outerLoops = loopsOfFunction;
    loopsAround++;
    loopsOfFunction++;
    ForLoop loop = state.inFrame(() -> loop(target, items, line));
    loopsOfFunction = loop.loopVariable() == ForLoop.LoopVariable.RECURSIVE ? 0 : outerLoops;
    Body otherwise =
        stream.next().isName("else") ? state.inFrame(() -> frameBody("endfor")) : loop.otherwise();
    loopsOfFunction = outerLoops;
    loopsAround--;
    return new ForLoop(loop.head(), loop.body(), otherwise, loop.loopVariable(), line);
  }

  /** The loop without its {@code else}. */
  private ForLoop loop(Target target, ExpressionNode items, int line) {
    targets.declare(target, state::parameter);
    ExpressionNode condition = stream.skipName("if") ? expressions.expression() : null;
    boolean recursive = stream.skipName("recursive");
    NameUse use = new NameUse();
    Body body =
        state.noting(use, () -> new Body(block(Set.of("endfor", "else")), state.names().hidden()));
    ForLoop.LoopVariable variable =
        recursive
            ? ForLoop.LoopVariable.RECURSIVE
            : use.read().contains("loop") ? ForLoop.LoopVariable.USED : ForLoop.LoopVariable.UNUSED;
    ForLoop.Head head = new ForLoop.Head(target, items, condition);
    return new ForLoop(head, body, new Body(List.of(), Set.of()), variable, line);
  }

  private void refuseLoopVariable(Target target) {
    if (TargetParser.holds(target, "loop")) {
      throw stream.fail("cannot assign to the special variable 'loop'");
    }
  }

  private StatementNode loopExit(String name, Flow flow) {
    if (loopsOfFunction == 0) {
      throw stream.fail("'" + name + "' outside of a loop");
    }
    return new LoopExit(flow);
  }

  private StatementNode set(int line) {
    Target target = targets.target(TargetParser.Attributes.ALLOWED);
    if (loopsAround > 0) {
      refuseLoopVariable(target);
    }
    if (stream.skipOperator("=")) {
      ExpressionNode value = tuple();
      targets.declare(target, state::store);
      return new SetStatement(target, value, line);
    }
    targets.declare(target, state::store);
    return state.inFrame(
        () -> new SetBlock(target, filters(Name.CAPTURED), frameBody("endset"), line));
  }

  private ExpressionNode filters(ExpressionNode of) {
    ExpressionNode value = of;
    while (stream.skipOperator("|")) {
      value = expressions.postfix().filter(value);
    }
    return value;
  }

  private StatementNode filterBlock(int line) {
    ExpressionNode value = filters(expressions.postfix().filter(Name.CAPTURED));
    return new FilterBlock(value, frameBody("endfilter"), line);
  }

  private StatementNode with(int line) {
    List<WithBlock.Assignment> assignments = upToTheTagsEnd(this::assignment);
    return state.inFrame(
        () -> {
          assignments.forEach(assignment -> targets.declare(assignment.target(), state::parameter));
          return new WithBlock(assignments, frameBody("endwith"), line);
        });
  }

  private WithBlock.Assignment assignment() {
    Target target = targets.target(TargetParser.Attributes.REFUSED);
    stream.expectOperator("=");
    return new WithBlock.Assignment(target, expressions.expression());
  }

  private <T> List<T> upToTheTagsEnd(Supplier<T> member) {
    List<T> members = new ArrayList<>();
    while (!stream.isAt(TemplateToken.Kind.BLOCK_END)) {
      if (!members.isEmpty()) {
        stream.expectOperator(",");
      }
      members.add(member.get());
    }
    return members;
  }

  private MacroDefinition macro() {
    String name = targets.name();
    state.store(name);
    return state.inFrame(() -> function(name, parameters(), "endmacro"));
  }

  private StatementNode callBlock(int line) {
    List<MacroDefinition.Parameter> parameters =
        stream.current().isOperator("(") ? parameters() : List.of();
    if (!(expressions.expression() instanceof CallExpression call)) {
      throw stream.fail("a call block needs a call");
    }
    return new CallBlock(call, function("", parameters, "endcall"), line);
  }

  private StatementNode generation() {
    return new GenerationBlock(function("", List.of(), "endgeneration").body());
  }

  /** A body of its own: no loop outside of it can be left from inside. */
  private MacroDefinition function(
      String name, List<MacroDefinition.Parameter> parameters, String end) {
    int outerLoops = loopsOfFunction;
    loopsOfFunction = 0;
    NameUse use = new NameUse();
    Body body = state.noting(use, () -> frameBody(end));
    loopsOfFunction = outerLoops;
    requireDefaultOfCaller(parameters, use);
    return new MacroDefinition(name, parameters, body, use.read());
  }

  private void requireDefaultOfCaller(List<MacroDefinition.Parameter> parameters, NameUse use) {
    for (MacroDefinition.Parameter parameter : parameters) {
      boolean isCaller = parameter.name().equals("caller") && use.read().contains("caller");
      if (isCaller && parameter.fallback() == null) {
        throw stream.fail("a macro's parameter 'caller' needs a default");
      }
    }
  }

  private List<MacroDefinition.Parameter> parameters() {
    stream.expectOperator("(");
    List<MacroDefinition.Parameter> parameters = new ArrayList<>();
    boolean withDefaults = false;
    while (!stream.current().isOperator(")")) {
      if (!parameters.isEmpty()) {
        stream.expectOperator(",");
      }
      String name = targets.name();
      ExpressionNode fallback = null;
      if (stream.skipOperator("=")) {
        fallback = expressions.expression();
        withDefaults = true;
      } else if (withDefaults) {
        throw stream.fail("a parameter without a default follows one with a default");
      }
      if (parameters.stream().anyMatch(other -> other.name().equals(name))) {
        throw stream.fail("two parameters of one name");
      }
      state.parameter(name);
      parameters.add(new MacroDefinition.Parameter(name, fallback));
    }
    stream.expectOperator(")");
    return parameters;
  }
}
