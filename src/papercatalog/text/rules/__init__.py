"""The rules that repair a text, in the order in which they apply.

Each rule reads the plain text that the rules before it left. Links and formulas come first, so that
no later rule changes what is inside them.
"""

from __future__ import annotations

from papercatalog.text.nodes import Rule
from papercatalog.text.rules import (
    delimited_math,
    fonts,
    formulas,
    links,
    quantities,
    quotes,
    superscripts,
    symbols,
    typography,
)

RULES: tuple[tuple[str, Rule], ...] = (
    ("link-command", links.link_command),
    ("html-link", links.html_link),
    ("markdown-link", links.markdown_link),
    ("lost-link-command", links.lost_link_command),
    ("link", links.link),
    ("bare-link", links.bare_link),
    ("greek-variant", symbols.greek_variant),
    ("parenthesis-math", delimited_math.parenthesis_math),
    ("dollar-math", delimited_math.dollar_math),
    ("accent", typography.accent),
    ("apostrophe", typography.apostrophe),
    ("tie", typography.tie),
    ("abbreviation", typography.abbreviation),
    ("degree", quantities.degree),
    ("times", quantities.times),
    ("factor", quantities.factor),
    ("about", quantities.about),
    ("tight-operator", symbols.tight_operator),
    ("left-right", formulas.left_right),
    ("order", formulas.order),
    ("formula", formulas.formula),
    ("power", superscripts.power),
    ("index", superscripts.index),
    ("escaped-sign", typography.escaped_sign),
    ("symbol", symbols.symbol),
    ("lost-symbol", symbols.lost_symbol),
    ("greek-letter", symbols.greek_letter),
    ("font", fonts.font),
    ("colour", fonts.colour),
    ("italic-range", fonts.italic_range),
    ("quote", quotes.quote),
    ("single-quote", quotes.single_quote),
)
"""Every rule, under the name that its cases in the test fixtures have."""
