"""Renders small templates from a seeded generator with jinja2, as transformers sets it up.

    python src/test/python/render_language.py

Writes src/test/resources/language: generated.jsonl (a template, and "rendered" or "error" with the
exception's type), variables.json (what every template is given) and versions.json. Left out are
templates whose text holds an address, and those that jinja2 itself renders differently without its
constant folder ("(none)[1:]", "-1 ** x"): there the folder has faults of its own.
"""

import copy
import datetime
import itertools
import json
import pathlib
import random
import sys
import warnings

import jinja2
import jinja2.nodes
import jinja2.sandbox
import transformers
from transformers.utils import chat_template_utils

SEED = 20261121
NOW = datetime.datetime(2026, 3, 7, 14, 5, 9)
FOLDER = pathlib.Path(__file__).parent.parent / "resources" / "language"


class PinnedDatetime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return NOW


chat_template_utils.datetime = PinnedDatetime


def render(source):
    try:
        compiled = chat_template_utils._cached_compile_jinja_template(source)
        # The filter "indent" changes a list that it is given.
        return {"rendered": compiled.render(**copy.deepcopy(VARIABLES))}
    except Exception as e:
        return {"error": type(e).__name__}


def refuse(*_):
    raise jinja2.nodes.Impossible()


def render_unfolded(source):
    sandbox, item = jinja2.sandbox.ImmutableSandboxedEnvironment, jinja2.nodes.Getitem
    init, as_const = sandbox.__init__, item.as_const
    sandbox.__init__ = lambda self, **options: init(self, optimized=False, **options)
    item.as_const = refuse
    try:
        return render(source)
    finally:
        sandbox.__init__, item.as_const = init, as_const


VARIABLES = {
    "s": "Hello, World",
    "u": "Grüße an Ångström, naïve 日本語 😀 end",
    "ws": "  \t padded\n text \n",
    "e": "",
    "html": "<b>\"it's\" & more</b>",
    "lines": "one\n two\r\n\nthree\x0bfour\u2028five",
    "i": 7,
    "n": -3,
    "z": 0,
    "big": 123456789012345678901234567890,
    "f": 2.5,
    "g": -0.1,
    "tiny": 1e-7,
    "huge": 1.5e300,
    "whole": 3.0,
    "t": True,
    "no": False,
    "nil": None,
    "xs": [3, 1, 2],
    "mixed": [1, "a", None, 2.0, True],
    "words": ["pear", "Apple", "fig", "apple"],
    "deep": [[1, 2], [3, [4, 5]], []],
    "d": {"b": 1, "a": [1, 2], "C": None, "items": "shadowed", "x y": "z'q"},
    "people": [
        {"name": "Ann", "age": 31, "tags": ["x", "y"], "home": {"city": "Rome"}},
        {"name": "bob", "age": 25, "tags": [], "home": {"city": "oslo"}},
        {"name": "Cid", "age": 31, "home": {"city": "Oslo"}},
    ],
    "messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yo"}],
}

NAMES = ["s", "u", "ws", "e", "html", "lines", "i", "n", "z", "big", "f", "g", "tiny", "huge", "whole",
         "t", "no", "nil", "xs", "mixed", "words", "deep", "d", "people", "missing"]
LITERALS = ["0", "1", "-1", "2", "10", "3.0", "0.5", "1e3", "1e16", "1_000", "0x1F", "'a'", "'é'", "\"it's\"",
            "''", "'%s and %d'", "none", "true", "false", "[]", "[1, 'b']", "()", "(1,)", "(1, 2)", "{}",
            "{'k': 1}", "'\\n\\t\\x41\\u00e9\\q'", "'ab' 'cd'"]
BINARY = ["+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or"]
FILTERS = [
    "abs", "attr('name')", "attr('append')", "batch(2)|list", "batch(2, 'x')|list", "capitalize", "center(15)",
    "count", "default('D')", "default('D', true)", "d(boolean=true)", "dictsort", "dictsort(true)",
    "dictsort(by='value')", "dictsort(reverse=true)", "e", "escape", "forceescape", "first", "last", "float",
    "float(1.5)", "int", "int(9)", "int(base=16)", "format(1, 'x')", "format('q')", "groupby('age')",
    "groupby('home.city')", "groupby('tags', default='none')", "indent", "indent(2)", "indent(2, true)",
    "indent('> ', blank=true)", "join", "join(', ')", "join('-', attribute='name')", "length", "list", "lower",
    "items|list", "map('upper')|list", "map('string')|join('|')", "map(attribute='name')|list",
    "map(attribute='tags', default='-')|list", "map('default', 'q')|list", "max", "min", "max(attribute='age')",
    "min(case_sensitive=true)", "reject('string')|list", "rejectattr('age', 'gt', 30)|list", "replace('l', 'L')",
    "replace('', '-')", "replace('o', '0', 1)", "replace(1, 2)", "reverse", "reverse|list", "round", "round(1)",
    "round(-1)", "round(1, 'ceil')", "round(0, 'floor')", "safe", "select|list", "select('odd')|list",
    "selectattr('tags')|list", "selectattr('home.city', 'equalto', 'Oslo')|map(attribute='name')|list",
    "slice(2)|list", "slice(3, 'f')|list", "sort", "sort(reverse=true)", "sort(case_sensitive=true)",
    "sort(attribute='name')|map(attribute='name')|list", "sort(attribute='age,name')|map(attribute='name')|list",
    "string", "sum", "sum(attribute='age')", "sum(start=[])", "title", "tojson", "tojson(indent=2)",
    "tojson(ensure_ascii=true)", "tojson(sort_keys=true)", "tojson(separators=(',', ':'))", "tojson(indent=0)",
    "trim", "trim('H ')", "truncate(8)", "truncate(9, true)", "truncate(7, false, '…', 0)", "unique|list",
    "unique(true)|list", "upper", "wordcount", "map('nosuch')|list", "select('nosuch')|list",
]
TESTS = [
    "defined", "undefined", "none", "boolean", "true", "false", "integer", "float", "number", "string", "mapping",
    "iterable", "sequence", "callable", "escaped", "lower", "upper", "odd", "even", "divisibleby(2)",
    "divisibleby 3", "eq(1)", "ne(1)", "gt 2", "lt(2)", "ge('a')", "le(3.0)", "in([1, 7, 'a'])", "equalto('a')",
    "sameas(true)", "sameas none", "filter", "test",
]
METHODS = [
    "capitalize()", "casefold()", "center(20, '*')", "count('l')", "endswith('d')", "endswith(('x', 'd'))",
    "find('o')", "find('o', 5)", "find('zz')", "index('o')", "rindex('o')", "format(1, a=2)", "isalnum()", "isalpha()",
    "isascii()", "isdecimal()", "isdigit()", "islower()", "isnumeric()", "isspace()", "isupper()", "isprintable()",
    "join(['a', 'b'])", "join([1])", "ljust(15, '.')", "lower()", "lstrip()", "lstrip('He ')", "partition(', ')",
    "partition('zz')", "removeprefix('Hel')", "removesuffix('ld')", "replace('l', 'LL')", "replace('l', '', 2)",
    "rfind('o')", "rjust(15)", "rpartition('o')", "rsplit()", "rsplit('o', 1)", "rsplit(maxsplit=1)", "rstrip()",
    "rstrip('d\\n ')", "split()", "split('l')", "split('l', 1)", "split(sep='o')", "split(none, 1)", "split('')",
    "splitlines()", "splitlines(true)", "startswith('He')", "startswith('l', 2)", "strip()", "strip('Hd')",
    "swapcase()", "title()", "upper()", "zfill(16)", "keys()", "values()", "items()", "items()|list", "get('a')",
    "get('q', 5)", "get('q')", "copy()", "append(1)", "pop()", "update({})", "clear()", "sort()", "index(1)", "count(1)",
    "__class__", "_private", "nosuch", "nosuch()", "a", "b", "items", "name", "0", "real_nosuch",
]
SLICES = ["0", "1", "-1", "99", "-99", "'a'", "'items'", "'upper'", "none", "1.0", "true", "missing", ":", "1:", ":2",
          ":-1", "-2:", "::2", "::-1", "5:1:-2", "-1:-9:-3", "1:99", "::0", "0:2", "(1, 2)", "'x y'", "[1]"]
FORMATS = ["'{}'", "'{:>8}'", "'{:<6}|'", "'{:^7}'", "'{:*^9}'", "'{:d}'", "'{:05d}'", "'{:+}'", "'{:,}'", "'{:_}'",
           "'{:.2f}'", "'{:8.3f}'", "'{:e}'", "'{:.3g}'", "'{:%}'", "'{:x}'", "'{:#X}'", "'{:b}'", "'{!r}'", "'{!s:>5}'",
           "'{0} {0}'", "'{{}}'", "'{'", "'}'", "'{a}'", "'{0[0]}'", "'{0.name}'", "'{:.3}'", "'{:{}}'", "'{:s}'"]
PERCENTS = ["'%s'", "'%r'", "'%d'", "'%5d|'", "'%-5d|'", "'%05d'", "'%+d'", "'%.2f'", "'%8.3f'", "'%e'", "'%g'", "'%x'",
            "'%X'", "'%o'", "'%c'", "'%%'", "'%'", "'%s %s'", "'%(a)s'", "'%(b)d %(C)s'", "'%.3s'", "'%10s'", "'%-10s|'",
            "'%i'", "'%#x'", "'%q'"]


def expressions(rng):
    """Every operator, filter, test, method and format over a sample of values, then random trees."""
    operands = NAMES + LITERALS
    for operator in BINARY:
        for left, right in rng.sample(list(itertools.product(operands, operands)), 45):
            yield f"{left} {operator} {right}"
    for text in FILTERS:
        for operand in rng.sample(operands, 12):
            yield f"{operand}|{text}" if operand[0] != "-" else f"({operand})|{text}"
    for text in TESTS:
        for operand in rng.sample(operands, 12):
            yield f"{operand} is {text}"
            yield f"({operand}) is not {text}"
    for text in METHODS:
        for operand in rng.sample(NAMES, 8) + ["s", "u", "ws", "d", "xs"]:
            yield f"{operand}.{text}"
    for text in SLICES:
        for operand in ["s", "u", "xs", "d", "people", "missing", "nil", "i", "(1, 2, 3)", "range(5)", "e"]:
            yield f"{operand}[{text}]"
    for text in FORMATS:
        for operand in rng.sample(NAMES, 7) + ["i", "f", "s", "big", "huge"]:
            yield f"{text}.format({operand})"
    for text in PERCENTS:
        for operand in rng.sample(NAMES, 7) + ["i", "f", "s", "n", "d", "(1, 2)"]:
            yield f"{text} % {operand}"
    for _ in range(900):
        yield tree(rng, 3)


def tree(rng, depth):
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(NAMES + LITERALS)
    kind = rng.randrange(12)
    inner = lambda: tree(rng, depth - 1)
    if kind <= 2:
        return f"{inner()} {rng.choice(BINARY)} {inner()}"
    if kind == 3:
        return f"({inner()} {rng.choice(BINARY)} {inner()})"
    if kind == 4:
        return f"{inner()}|{rng.choice(FILTERS)}"
    if kind == 5:
        return f"{inner()} is {rng.choice(TESTS)}"
    if kind == 6:
        return f"({inner()}).{rng.choice(METHODS)}"
    if kind == 7:
        return f"({inner()})[{rng.choice(SLICES)}]"
    if kind == 8:
        return f"{inner()} if {inner()} else {inner()}"
    if kind == 9:
        return f"{rng.choice(['-', '+', 'not '])}{inner()}"
    if kind == 10:
        return f"[{inner()}, {inner()}]"
    return f"{inner()} {rng.choice(['<', '==', '!=', '>='])} {inner()} {rng.choice(['<', '==', 'in'])} {inner()}"


TAGS = ["{% if t %}", "{%- if no -%}", "{% for x in xs %}", "{%- for x in words -%}"]
BLANKS = ["", " ", "\n", "  \n", "\n  ", "\t", "a", "b \n", "\n\n"]
SIGNS_OPEN = ["{%", "{%-", "{%+"]
SIGNS_CLOSE = ["%}", "-%}", "+%}"]


def whitespace(rng):
    """Tags of every kind and sign among blanks."""
    blank = lambda: "".join(rng.choices(BLANKS, k=rng.randrange(3)))
    tag = lambda body: f"{rng.choice(SIGNS_OPEN)} {body} {rng.choice(SIGNS_CLOSE)}"
    for _ in range(350):
        out = blank()
        for _ in range(rng.randrange(1, 4)):
            kind = rng.randrange(6)
            if kind == 0:
                out += tag("if " + rng.choice(["t", "no", "xs"])) + blank() + tag("else") + blank() + tag("endif")
            elif kind == 1:
                out += tag("for x in xs") + blank() + "{{ x }}" + blank() + tag("endfor")
            elif kind == 2:
                out += rng.choice(["{#", "{#-", "{#+"]) + blank() + " c " + rng.choice(["#}", "-#}", "+#}"])
            elif kind == 3:
                out += rng.choice(["{{", "{{-", "{{+"]) + " i " + rng.choice(["}}", "-}}"])
            elif kind == 4:
                out += tag("set q = i")
            else:
                out += rng.choice(["{% raw %}", "{%- raw -%}", "{%+ raw %}"]) + blank() + "{{ i }}{% x %}" + blank()
                out += tag("endraw")
            out += blank()
        yield out


STATEMENTS = [
    "{% for x in @V %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.first }}{{ loop.last }}{{ x }},{% endfor %}",
    "{% for x in @V %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }};{% else %}none{% endfor %}",
    "{% for x in @V if x %}{{ loop.length }}{{ x }}{% else %}none{% endfor %}",
    "{% for x in @V %}{% if loop.index == 2 %}{% continue %}{% endif %}{{ x }}{% if loop.index > 2 %}{% break %}{% endif %}{% else %}E{% endfor %}",
    "{% for x in @V %}{% break %}{% else %}E{% endfor %}",
    "{% for x in @V %}{{ loop.cycle('a', 'b') }}{{ loop.changed(x) }}{% endfor %}",
    "{% for x in @V recursive %}[{{ loop.depth }}{% if x is iterable and x is not string and x is not mapping %}{{ loop(x) }}{% else %}{{ x }}{% endif %}]{% endfor %}",
    "{% for a, b in @V %}{{ a }}={{ b }};{% endfor %}",
    "{% for k, v in @V|items %}{{ k }}={{ v }};{% endfor %}",
    "{% for k, v in @V.items() %}{{ k }}={{ v }};{% endfor %}",
    "{% for k in @V|dictsort %}{{ k[0] }}{% endfor %}",
    "{% set ns = namespace(n=0, @W=1) %}{% for x in @V %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}{{ ns }}",
    "{% set q = 1 %}{% for x in @V %}{% set q = q + 1 %}{{ q }}{% endfor %}{{ q }}",
    "{% if @V %}yes{% elif t %}maybe{% else %}no{% endif %}",
    "{% set a, b = @V %}{{ a }}-{{ b }}",
    "{% set a = @V %}{{ a }}{% set a = a ~ 1 %}{{ a }}",
    "{% set a %}x{{ @V }}y{% endset %}{{ a|upper }}",
    "{% set a | upper | replace('X', 'Z') %}x{{ @V }}y{% endset %}{{ a }}",
    "{% filter upper %}a{{ @V }}b{% endfilter %}",
    "{% with a = @V, b = 2 %}{{ a }}{{ b }}{% endwith %}{{ a }}",
    "{% macro m(a, b='B', c=a) %}({{ a }}|{{ b }}|{{ c }}){% endmacro %}{{ m(@V) }}{{ m(1, c=@V) }}{{ m() }}",
    "{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, @V, k=2) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, @V) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(z=@V) }}",
    "{% macro m() %}<{{ caller(@V) }}>{% endmacro %}{% call(x) m() %}[{{ x }}]{% endcall %}",
    "{% macro m() %}{{ caller is defined }}{% endmacro %}{{ m() }}",
    "{% macro m(x) %}{% if x > 0 %}{{ x }}{{ m(x - 1) }}{% endif %}{% endmacro %}{{ m(3) }}{{ m }}",
    "{% macro outer() %}{% macro inner(v) %}{{ v }}{% endmacro %}{{ inner(@V) }}{% endmacro %}{{ outer() }}",
    "{% generation %}{{ @V }}{% endgeneration %}",
    "{% print @V, 1 %}",
    "{% for x in @V %}{% for y in [1, 2] %}{{ loop.index }}{{ loop.last }}{% endfor %}{{ loop.index }}{% endfor %}",
    "{% for x in @V %}{% set seen = true %}{% endfor %}{{ seen is defined }}",
    "{% if no %}{% set s = 1 %}{% endif %}{{ s }}",
    "{% for x in [1] %}{{ s }}{% endfor %}{% set s = @V %}{{ s }}",
    "{% for x in [1, 2] %}{{ s }}{% set s = x %}{{ s }}{% endfor %}",
    "{% for x in [1, 2] %}{% if x > 1 %}{% set s = x %}{% endif %}{{ s }}{% endfor %}",
    "{% macro m() %}{{ s }}{{ late }}{% endmacro %}{{ m() }}{% set late = @V %}{{ m() }}{% set s = 5 %}{{ m() }}",
    "{% set g = @V|map('string') %}{{ g|list }}{{ g|list }}",
    "{% set loop = 1 %}{{ loop }}",
    "{% for x in xs %}{% set loop = 1 %}{% endfor %}",
    "{% break %}", "{% for x in xs %}{% generation %}{% break %}{% endgeneration %}{% endfor %}",
    "{{ raise_exception('stop') }}", "{{ strftime_now('%Y-%m-%d %H:%M:%S %d %b %B %a %A %y %j %p %I %e %-d %%') }}",
    "{{ dict(@V) }}", "{{ dict(a=@V, b=2) }}", "{{ namespace(a=1).a }}", "{{ namespace(_a=1) }}", "{{ range(@V)|list }}",
    "{{ range(1, 9, 3)|list }}{{ range(3) }}{{ range(5)[1:3] }}", "{{ range(100001)|length }}", "{{ [1] * 3 }}{{ 'ab' * 2 }}",
    "{{ @V|nosuch }}", "{% if no %}{{ 1|nosuch }}{% endif %}ok", "{{ 1 if t else 2|nosuch }}", "{{ @V is nosuch }}",
    "{% nosuch %}", "{% if t %}", "{% endif %}", "{{ 1 + }}", "{{ (1 }}", "{{ 'a }}", "{{ @V", "{# x", "{% raw %}x",
    "{{ @V.a.b.c is defined }}", "{{ missing.a is defined }}", "{{ d.nosuch is defined }}", "{{ d.nosuch.x }}",
    "{{ xs.append(4) }}", "{{ xs.append is defined }}{{ xs.index is defined }}", "{{ d.pop('b') }}", "{{ s.__class__ }}",
    "{{ s['__class__'] }}", "{{ s|attr('__class__') }}", "{{ (html|e) + '<' }}{{ '<' ~ (html|e) }}{{ '<' + html|safe }}",
    "{{ (html|safe).upper() + '&' }}{{ (html|safe)[0:3] }}{{ (html|safe)|replace('b', '<') }}{{ [html|e] }}",
    "{% set x = namespace(v=@V) %}{% set x.v, y = 1, 2 %}{{ x.v }}{{ y }}", "{% set i.v = 1 %}", "{% set d.v = 1 %}",
    "{{ loop }}", "{{ caller }}", "{% for x in xs %}{{ loop }}{% endfor %}",
    "{{ {1: 'a', 1.0: 'b', true: 'c'} }}{{ {1: 'a'}[1.0] }}{{ {'a': 1}.a }}{{ {1: 2}|tojson }}",
    "{{ 'x' if no }}|{{ ('x' if no) is defined }}", "{{ xs|first }}{{ []|first }}{{ [] | last is defined }}",
    "{{ 1 < 2 < 3 }}{{ 1 < 3 < 2 }}{{ 'a' in 'abc' in ['abc'] }}", "{{ not 1 == 2 }}{{ not no and t }}{{ -2 ** 2 }}{{ 2 ** 3 ** 2 }}",
    "{{ -3|abs }}{{ -i|abs }}{{ 2 * 3 ~ 4 + 1 }}{{ 'a' ~ 1 + 2 }}{{ 7 // 2 * 3 % 4 }}{{ -7 // 2 }}{{ -7 % 3 }}{{ 7 % -3 }}{{ -7.5 // 2 }}{{ 7.5 % -2 }}",
    "{{ u[::-1] }}{{ u|length }}{{ u[27] }}{{ u|reverse }}{{ u|list|length }}{{ u.center(40, '日') }}{{ u|upper }}{{ u.title() }}",
    "{% for c in u %}{{ c }}.{% endfor %}", "{{ '\\N{BULLET}\\101\\é' }}", "{{ 'ab\\\ncd' }}", "{{ \"\\u12\" }}",
    "{% include 'x' %}", "{% for x in xs -%}  {{ x }}  {%- endfor %}", "{%- set a = 1 -%}\n  b", "{{ '{{ 7*7 }}' }}{{ '{% x %}' }}",
    "{% for x in xs recursive %}{{ x }}{% if x > 2 %}{{ loop([1, 2]) }}{% endif %}{% else %}E{% endfor %}",
    "{% set f = raise_exception %}{{ f is callable }}{{ range is callable }}", "{{ xs() }}{{ missing() }}",
    "{{ '%s' % html|e }}", "{{ messages[0].content ~ messages[-1]['role'] }}", "{{ messages[5] is defined }}{{ messages[5].x }}",
    "{{ [1, 2, 3]|sum / 2 }}{{ 4 / 2 }}{{ 1e16 }}{{ 1e15 }}{{ 0.1 + 0.2 }}{{ 1e-5 }}{{ 100000.0 * 10 }}{{ 5e-324 }}{{ 2 ** 70 }}{{ 2 ** -1 }}",
    "{{ 9223372036854775807 + 1 }}{{ 9223372036854775807 * 3 }}{{ big // 7 }}{{ big % 97 }}{{ -big // 7 }}{{ big / 3 }}",
    "{{ 2 ** 1000000 }}", "{{ 'a' * -1 }}{{ [1] * 0 }}|{{ 3 * (1,) }}", "{{ true + true }}{{ true == 1 }}{{ 1.0 == 1 }}{{ 'a' == 1 }}{{ none == missing }}",
    "{% set x = [1, 2] %}{% set y = x + [3] %}{{ x }}{{ y }}", "{{ d.items }}", "{{ d['items'] }}{{ d.C }}{{ d['C'] is none }}",
    "{% call s.upper() %}{% endcall %}", "{% call raise_exception('x') %}{% endcall %}", "{{ m(1) }}{% macro m(a) %}{{ a }}{% endmacro %}",
    "{% macro m(a, a) %}{% endmacro %}", "{% macro m(a=1, b) %}{% endmacro %}", "{{ dict(a=1, a=2) }}", "{{ dict(*[[['a', 1]]], **{'b': 2}) }}",
    "{% macro m(a, b) %}{{ a }}{{ b }}{% endmacro %}{{ m(*xs[:2]) }}{{ m(**{'a': 1, 'b': 2}) }}{{ m(1, *[2]) }}",
]


def statements(rng):
    for template in STATEMENTS:
        if "@" not in template:
            yield template
            continue
        for operand in rng.sample(NAMES, 8) + ["xs", "words", "d", "deep", "(1, 2)", "'ab'"]:
            yield template.replace("@V", operand).replace("@W", rng.choice(["k", "v", "n2"]))


def main():
    warnings.simplefilter("ignore")
    rng = random.Random(SEED)
    sources = [f"{{{{ {e} }}}}" for e in expressions(rng)]
    sources += list(statements(rng)) + list(whitespace(rng))
    generated = []
    folded = 0
    for source in dict.fromkeys(sources):
        # Python would work on such a power for hours.
        if "**" in source and ("big" in source or source.count("**") > 1) and source not in STATEMENTS:
            continue
        result = render(source)
        if result.get("rendered") != render_unfolded(source).get("rendered"):
            folded += 1
        elif " at 0x" not in result.get("rendered", "") and len(result.get("rendered", "")) < 4000:
            generated.append({"template": source, **result})
    with open(FOLDER / "generated.jsonl", "w", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in generated)
    (FOLDER / "variables.json").write_text(json.dumps(VARIABLES, indent=1) + "\n")
    versions = {
        "python": sys.version.split()[0],
        "jinja2": jinja2.__version__,
        "transformers": transformers.__version__,
        "seed": SEED,
        "now": NOW.isoformat(),
    }
    (FOLDER / "versions.json").write_text(json.dumps(versions, indent=1) + "\n")
    print(len(generated), "templates,", sum("error" in row for row in generated), "of them failing")
    print(folded, "left out for the constant folder's sake")


main()
