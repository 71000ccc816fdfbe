"""A line chart as SVG that follows the reader's light or dark theme."""
from html import escape
from math import log2

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 380, 56, 150, 44, 48
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; font-size: 15px; }
  .grid { stroke: #d0d7de; }
  .line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
  .s0 { stroke: #0969da; } .f0 { fill: #0969da; }
  .s1 { stroke: #bc4c00; } .f1 { fill: #bc4c00; }
  .s2 { stroke: #59636e; } .f2 { fill: #59636e; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .grid { stroke: #3d444d; }
    .s0 { stroke: #4493f8; } .f0 { fill: #4493f8; }
    .s1 { stroke: #f0883e; } .f1 { fill: #f0883e; }
    .s2 { stroke: #9198a1; } .f2 { fill: #9198a1; }
  }
"""


def step(most):
    """A round distance of grid lines, five or so of them."""
    unit = 10.0 ** -6
    while True:
        for factor in (1, 2, 5):
            if most <= 6 * unit * factor:
                return unit * factor
        unit *= 10


def spread(places, least=17):
    """Heights of labels, moved down where they would cover each other."""
    moved = {}
    for series, y in sorted(places.items(), key=lambda place: place[1]):
        moved[series] = max([y] + [other + least for other in moved.values()])
    return moved


def chart(title, axis, xs, series):
    """xs on a scale of doublings; series: label -> its values, from 0 up."""
    grid = step(max(max(values) for values in series.values()))
    top = grid * -(-max(max(values) for values in series.values()) // grid)
    low, high = log2(min(xs)), log2(max(xs))

    def x(value):
        return LEFT + (WIDTH - LEFT - RIGHT) * ((log2(value) - low) / (high - low) if high > low else 0.5)

    def y(value):
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
           f"<title>{escape(title)}</title><style>{STYLE}</style>",
           f'<text class="title" x="{LEFT}" y="22">{escape(title)}</text>']
    for number in range(round(top / grid) + 1):
        at = y(number * grid)
        out.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>')
        out.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{number * grid:g}</text>')
    for value in xs:
        out.append(f'<text x="{x(value):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{value:,}</text>')
    out.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{escape(axis)}</text>')
    labels = spread({label: y(values[-1]) + 4 for label, values in series.items()})
    for number, (label, values) in enumerate(series.items()):
        line = " ".join(f"{x(at):.1f},{y(value):.1f}" for at, value in zip(xs, values))
        out.append(f'<polyline class="line s{number}" points="{line}"/>')
        out.append(f'<text class="f{number}" x="{WIDTH - RIGHT + 8}" y="{labels[label]:.1f}">{escape(label)}</text>')
    return "\n".join([*out, "</svg>", ""])
