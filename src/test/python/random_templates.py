"""Small templates at random: expressions and statements with odd values. Seeded."""

import random

INTEGERS = ["0", "1", "-1", "2", "3", "-3", "7", "10", "255", "1_000", "0x1F", "0b101", "0o17",
            "9223372036854775807", "-9223372036854775808", "12345678901234567890", "10**20"]
FLOATS = ["0.0", "-0.0", "0.5", "1.5", "2.5", "-2.5", "1e16", "1e-5", "123456789.125", "1e22",
          "3.14159", "1e300", "0.1", "5e-324", "1e15", "100.0", "2.675"]
TEXTS = ["''", "'a'", "'abc'", "'Hello World'", "'  pad  '", "'naïve ÉCOLE'", "'日本語'", "'👍🏽x'",
         "'a,b,,c'", "'tab\\tnew\\nline'", "'x' * 3", "'it\\'s'", "\"q'd\"", "'42'", "'3.5'", "'-7'",
         "'<b>&</b>'", "'aXbXc'", "'ß'", "'ǆ'", "'\\u00e9'", "'%d%%'", "'one two  three'", "'\\x07'",
         "'line1\\r\\nline2\\x0bline3'", "'١٢'", "'½'", "'a' 'b'", "'ŉİ'", "'éa'"]
LISTS = ["[]", "[1, 2, 3]", "['b', 'A', 'c']", "[3, 1, 2]", "[none, true, 1.5]", "[[1, 2], [3, 4]]",
         "(1, 2)", "(1,)", "()", "range(5)", "range(5, 0, -2)", "numbers", "words", "people",
         "[1, 1.0, true, 2]", "['x', 'X', 'y']", "mixed", "messages", "[undef]", "words + ['ü']"]
DICTS = ["{}", "{'a': 1, 'b': 2}", "person", "{'k': [1, {'z': none}]}", "{1: 'one', 2.5: 'x'}",
         "{'b': 1, 'A': 2, 'c': 0}", "dict(a=1, b='two')", "dict([('x', 1)], y=2)", "nested",
         "{none: 1, true: 2}", "{'items': 3, 'get': 4}"]
OTHERS = ["none", "true", "false", "undef", "None", "True", "False", "person.missing", "words[99]",
          "number", "ratio", "name", "big", "tiny", "text", "flag", "nothing"]
NUMBER_FILTERS = ["abs", "int", "float", "round", "round(1)", "round(2)", "round(-1)",
                  "round(1, 'ceil')", "round(1, 'floor')", "round(0, 'floor')", "int(5)", "int(base=16)",
                  "int(0, 2)", "float(1.5)", "round(method='ceil')"]
TEXT_FILTERS = ["upper", "lower", "capitalize", "title", "trim", "trim('x')", "trim(' ac')", "replace('a', 'Z')",
                "replace('', '-')", "replace('X', 'yy', 1)", "center(9)", "indent", "indent(2, true)",
                "indent('>', blank=true)", "truncate(5)", "truncate(5, true)", "truncate(3, true, '', 0)",
                "truncate(7, false, '…', 1)", "wordcount", "string", "length", "list", "first", "last", "reverse",
                "reverse|list", "e", "escape|upper", "safe", "forceescape", "format(3)", "join('-')", "int", "float",
                "tojson", "unique|list", "sort", "sort|join", "batch(2)|list", "string|length", "count",
                "select('in', 'abc')|join", "map('upper')|join('.')", "items|list"]
LIST_FILTERS = ["length", "first", "last", "join", "join(', ')", "join('|', attribute='name')", "list", "reverse|list",
                "sort", "sort(reverse=true)", "sort(case_sensitive=true)", "sort(attribute='age')",
                "sort(attribute='name,age')", "sum", "sum(attribute='age')", "sum(start=10)", "min", "max",
                "min(attribute='age')", "max(case_sensitive=true)", "unique|list", "unique(attribute='age')|list",
                "map('string')|list", "map(attribute='name')|list", "map(attribute='age', default=0)|list",
                "map(attribute='pet.kind', default='-')|list", "map('upper')|join(' ')", "select|list", "reject|list",
                "select('odd')|list", "reject('none')|list", "select('greaterthan', 1)|list", "selectattr('age')|list|length",
                "selectattr('age', 'ge', 30)|map(attribute='name')|list", "rejectattr('pet', 'defined')|list|length",
                "selectattr('name', 'in', words)|list", "groupby('age')", "groupby('age', default=0)|list", "batch(2)|list",
                "batch(2, 'f')|list", "slice(2)|list", "slice(2, none)|list", "slice(3, 'f')|list", "tojson",
                "tojson(indent=2)", "tojson(separators=(',', ':'))", "tojson(ensure_ascii=true)", "string", "random_not|d",
                "map('int')|sum", "map('default', 'D')|list", "map('replace', 'a', 'b')|list", "items|list", "dictsort",
                "map('trim')|map('length')|list", "map('round', 1)|list", "sort(true, true)|last", "map(attribute=0)|list"]
DICT_FILTERS = ["length", "list", "items|list", "dictsort", "dictsort(true)", "dictsort(by='value')",
                "dictsort(reverse=true)", "tojson", "tojson(sort_keys=true)", "tojson(indent=1)", "first", "last", "join(',')",
                "string", "sort", "map('upper')|list", "attr('a')", "attr('items')", "min", "reverse|list", "count", "select|list"]
ANY_FILTERS = ["default('D')", "default('D', true)", "d", "string", "tojson", "length", "list", "first", "int", "float",
               "upper", "trim", "join('/')", "attr('x')", "abs", "round", "sum", "min", "e", "default(none)", "sort",
               "title", "reverse|list", "last", "wordcount", "replace('n', 'm')", "indent", "unique|list", "count",
               "default(boolean=true)", "truncate(2)", "tojson(ensure_ascii=true)", "map('string')|list", "format"]
TESTS = ["defined", "undefined", "none", "string", "number", "integer", "float", "boolean", "true", "false", "mapping",
         "iterable", "sequence", "callable", "odd", "even", "divisibleby(3)", "divisibleby 0", "lower", "upper",
         "sameas(none)", "sameas true", "eq(1)", "equalto 'a'", "ne 2", "gt 1", "lessthan(2.5)", "ge(none)", "in [1, 'a']",
         "in 'abc'", "escaped", "== 1", "filter", "test", "greaterthan 'a'", "le 0"]
METHODS = ["upper()", "lower()", "strip()", "strip('aH ')", "lstrip()", "rstrip('cd')", "split()", "split(',')", "split(',', 1)",
           "split(none, 1)", "rsplit(',', 1)", "rsplit(maxsplit=1)", "split('')", "splitlines()", "splitlines(true)",
           "startswith('a')", "startswith(('H', 'a'))", "endswith('c')", "endswith('')", "find('b')", "find('z')", "rfind('l', 0, 5)",
           "index('a')", "index('zz')", "count('a')", "count('')", "replace('a', 'é')", "replace('', '.', 2)", "title()",
           "capitalize()", "swapcase()", "casefold()", "isdigit()", "isalpha()", "isalnum()", "isspace()", "isupper()", "islower()",
           "isdecimal()", "isnumeric()", "isascii()", "isprintable()", "zfill(6)", "center(7, '*')", "ljust(6)", "rjust(6, '0')",
           "join(words)", "join(numbers)", "join('xyz')", "partition(',')", "rpartition('X')", "removeprefix('a')", "removesuffix('c')",
           "format(1, x=2)", "foo()", "foo", "__class__", "startswith(1)", "strip(1)", "upper(1)", "encode_not()", "format()"]
FORMATS = ["'{} {}'.format({a}, {b})", "'{0:>8}|{1!r:<6}'.format({a}, {b})", "'{x:05d}'.format(x={i})", "'{:.3f}'.format({f})",
           "'{:,}'.format({i})", "'{:e}'.format({f})", "'{:g}'.format({f})", "'{:%}'.format({f})", "'{:x}'.format({i})",
           "'{:+d}'.format({i})", "'{0[0]}'.format({l})", "'{0.x}'.format({a})", "'{:^9}'.format({t})", "'{{}}{}'.format({a})",
           "'{:*^7.2}'.format({t})", "'{!s}'.format({a})", "'%s and %r' % ({a}, {b})", "'%5d|%-5d|%05d' % ({i}, {i}, {i})",
           "'%.2f' % {f}", "'%e' % {f}", "'%g' % {f}", "'%x' % {i}", "'%s' % {a}", "'%(a)s' % {d}", "'%c' % {t}", "'%d' % {f}",
           "'%5.1f%%' % {f}", "'%+d' % {i}", "'%s' % ({l},)", "'%s %s' % {l}", "'%o' % {i}", "'%10.3s|' % {t}", "'%i' % {t}"]
OPERATORS = ["+", "-", "/", "//", "%", "~", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or"]
# Python multiplies and raises without a bound, so these get small numbers only.
SMALL = ["0", "1", "-1", "2", "3", "-3", "0.5", "-2.5", "1e3", "7", "true"]
SLICES = ["[0]", "[-1]", "[5]", "[1:]", "[:-1]", "[::-1]", "[::2]", "[-2:]", "[1:3]", "[10:]", "[:0]", "[-100:100]", "[3:1]",
          "[2::-1]", "[::0]", "['a']", "['length']", "[1.0]", "[none:2]", "[true]", "[1:2]", "[-1:-3:-1]", "[:1][0]", "['name']",
          ".0", "[1, 2]", "[none]", "[undef]"]


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, choices):
        return self.random.choice(choices)

    def atom(self):
        return self.pick(self.pick([INTEGERS, FLOATS, TEXTS, TEXTS, LISTS, DICTS, OTHERS]))

    def expression(self, depth):
        if depth == 0:
            return self.atom()
        inner = lambda: self.expression(self.random.randrange(depth))
        kind = self.random.randrange(17)
        if kind == 0:
            return f"({self.pick(INTEGERS + FLOATS)}) {self.pick(OPERATORS[:5])} ({self.pick(INTEGERS + FLOATS)})"
        if kind == 16:
            return f"({self.pick(SMALL + TEXTS + LISTS)}) {self.pick(['*', '**'])} ({self.pick(SMALL)})"
        if kind <= 2:
            return f"({inner()} {self.pick(OPERATORS)} {inner()})"
        if kind == 3:
            return f"({self.pick(INTEGERS + FLOATS + OTHERS)})|{self.pick(NUMBER_FILTERS)}"
        if kind == 4:
            return f"({self.pick(TEXTS)})|{self.pick(TEXT_FILTERS)}"
        if kind == 5:
            return f"({self.pick(LISTS)})|{self.pick(LIST_FILTERS)}"
        if kind == 6:
            return f"({self.pick(DICTS)})|{self.pick(DICT_FILTERS)}"
        if kind == 7:
            return f"({inner()})|{self.pick(ANY_FILTERS)}"
        if kind == 8:
            return f"({inner()}) is {self.pick(['', 'not '])}{self.pick(TESTS)}"
        if kind == 9:
            return f"({self.pick(TEXTS)}).{self.pick(METHODS)}"
        if kind == 10:
            # No slices of dicts: jinja2's optimizer makes an undefined of a constant one, and a
            # failure of any other.
            sliced = self.pick(SLICES)
            return f"({self.pick(TEXTS + LISTS + ([] if ':' in sliced else DICTS))}){sliced}"
        if kind == 11:
            return self.format()
        if kind == 12:
            return f"({inner()} if {inner()}{self.pick([' else ' + self.atom(), ''])})"
        if kind == 13:
            return f"[{inner()}, {inner()}]"
        if kind == 14:
            return f"{{{self.pick(TEXTS + INTEGERS)}: {inner()}}}{self.pick(['', '.items()', '|tojson', '.keys()|list', '.values()'])}"
        return f"{self.pick(['not ', '-', '+', ''])}({inner()}){self.pick(['', ' < ' + self.atom() + ' < ' + self.atom()])}"

    def format(self):
        text = self.pick(FORMATS)
        for hole, choices in {"{a}": None, "{b}": None, "{i}": INTEGERS, "{f}": FLOATS, "{l}": LISTS, "{t}": TEXTS, "{d}": DICTS}.items():
            while hole in text:
                text = text.replace(hole, self.pick(choices) if choices else self.atom(), 1)
        return text

    def statement(self):
        e = lambda: self.expression(self.random.randrange(3))
        i = self.random.randrange
        s = self.pick(LISTS + DICTS + TEXTS)
        return self.pick([
            lambda: f"{{% for x in {s} %}}{{{{ loop.index }}}}{{{{ x }}}}{{{{ ',' if not loop.last }}}}{{% else %}}none{{% endfor %}}",
            lambda: f"{{% for x in {s} if x is {self.pick(TESTS)} %}}{{{{ loop.revindex0 }}}}:{{{{ x }}}} {{% else %}}-{{% endfor %}}",
            lambda: f"{{% for k, v in {self.pick(DICTS)}.items() %}}{{{{ k }}}}={{{{ v }}}};{{% endfor %}}",
            lambda: f"{{% for a, b in {self.pick(LISTS)} %}}{{{{ b }}}}{{{{ a }}}}{{% endfor %}}",
            lambda: f"{{% for x in range({i(6)}) %}}{{% if x == {i(4)} %}}{{% {self.pick(['break', 'continue'])} %}}{{% endif %}}{{{{ x }}}}{{% else %}}E{{% endfor %}}",
            lambda: f"{{% set ns = namespace(n={e()}) %}}{{% for x in {s} %}}{{% set ns.n = ns.n + x %}}{{% endfor %}}{{{{ ns.n }}}}",
            lambda: f"{{% set x = {e()} %}}{{% for y in {s} %}}{{% set x = y %}}{{% endfor %}}{{{{ x }}}}",
            lambda: f"{{% macro m(a, b={self.atom()}) %}}<{{{{ a }}}}|{{{{ b }}}}|{{{{ varargs }}}}>{{% endmacro %}}{{{{ m({self.pick([e(), '', e() + ', ' + e(), '1, 2, 3', 'b=1', 'c=2'])}) }}}}",
            lambda: f"{{% macro m() %}}{{{{ caller({self.pick(['', self.atom()])}) }}}}{{{{ kwargs }}}}{{% endmacro %}}{{% call{self.pick(['(x)', '', '(x=1)'])} m({self.pick(['', 'k=2'])}) %}}[{{{{ x }}}}]{{% endcall %}}",
            lambda: f"{{% set b %}} {{{{ {e()} }}}} {{% endset %}}[{{{{ b }}}}]{{{{ b|length }}}}",
            lambda: f"{{% set b | {self.pick(TEXT_FILTERS)} %}}{{{{ {self.atom()} }}}}aX{{% endset %}}{{{{ b }}}}",
            lambda: f"{{% filter {self.pick(TEXT_FILTERS)} %}}a {{{{ {self.atom()} }}}}{{% endfilter %}}",
            lambda: f"{{% with a = {e()}, b = {self.atom()} %}}{{{{ a }}}}{{{{ b }}}}{{% endwith %}}{{{{ a }}}}",
            lambda: f"{{% if {e()} %}}A{{% elif {e()} %}}B{{% else %}}C{{% endif %}}",
            lambda: f"{{% set a, b = {self.pick(LISTS + TEXTS)} %}}{{{{ a }}}}-{{{{ b }}}}",
            lambda: f"{{% for x in [[1, [2, 3]], 4] recursive %}}{{{{ loop.depth }}}}{{{{ loop(x) if x is {self.pick(['iterable', 'sequence', 'number'])} else x }}}}{{% endfor %}}",
            lambda: f"{{% for x in {s} %}}{{{{ loop.previtem|default('^') }}}}{{{{ loop.nextitem|default('$') }}}}{{{{ loop.cycle('o', 'e') }}}}{{{{ loop.changed(x) }}}}{{{{ loop.{self.pick(['length', 'first', 'last', 'revindex', 'index0', 'foo'])} }}}} {{% endfor %}}",
            lambda: f"{{% set x = 1 %}}{{% if {self.atom()} %}}{{% set x = 2 %}}{{% endif %}}{{{{ x }}}}",
            lambda: f" {{%{self.pick(['-', '+', ''])} if true {self.pick(['-', '+', ''])}%}} \n x \n {{%{self.pick(['-', '+', ''])} endif {self.pick(['-', '+', ''])}%}} \n y {{{{{self.pick(['-', ''])} {self.atom()} {self.pick(['-', ''])}}}}} \n",
            lambda: f"{{{{ raise_exception({self.pick(['', self.atom()])}) if {e()} else 'fine' }}}}",
            lambda: f"{{% generation %}}{{{{ {e()} }}}}{{% endgeneration %}}",
            lambda: f"{{{{ {self.pick(['numbers.append(1)', 'person.update(x=1)', 'person.pop(0)', 'words.sort()', 'person.__class__', 'text._x', 'words.copy()', 'words.index(1)', 'numbers.count(1)', 'person.copy()', 'person.get()', 'person.get(1, 2)', 'nested.get([])', 'namespace(_a=1)', 'namespace(a=1).a', 'range(3)[1]', 'range(0, 9, 3)', 'range(1, 2, 0)', 'dict(1)', 'undef.x', 'undef()', 'name()', 'none.x', 'name.x.y', 'words.items()', 'loop'])} }}}}",
            lambda: f"{{{{ strftime_now({self.pick(['%r' % '%Y-%m-%d', '%r' % '%d %b %Y %H:%M:%S', '%r' % '%-d. %-m. %y %A %B %p %I %j %U %%', self.atom()])}) }}}}",
            lambda: self.pick(["{% if %}", "{{ }}", "{{ 1 + }}", "{% for x %}{% endfor %}", "{% endif %}", "{{ 'a }}", "{% set %}", "{{ a b }}", "{% foo %}",
                               "{{ x|nofilter }}", "{{ x is notest }}", "{% if x|nofilter %}{% endif %}", "{# open", "{% raw %}x", "{{ 1|}}", "{% break %}", "{{ {1 2} }}",
                               "{% macro m(a=1, b) %}{% endmacro %}", "{% for loop in [1] %}{% endfor %}", "{{ f(a=1, 2) }}", "{% set x.y = 1 %}{{ x }}", "{{ [1, }}", "{{ ) }}"]),
        ])()

    def template(self):
        if self.random.random() < 0.6:
            return "{{ " + self.expression(1 + self.random.randrange(3)) + " }}"
        return self.statement()
