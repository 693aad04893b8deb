"""Sphinx: Markdown pages and the reference from the docstrings."""

from pygments.lexers.special import TextLexer

project = "ticketrules"
author = "The ticketrules developers"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "examples"]
html_theme = "furo"
myst_heading_anchors = 3
nb_execution_mode = "force"  # the notebooks are kept without what they show, and run here
nb_execution_raise_on_error = True
nb_execution_timeout = 180
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_default_options = {"members": True, "show-inheritance": True}
napoleon_use_ivar = True


def setup(app):
    """Show Mermaid as its text where nothing draws it; Pygments does not know it."""
    app.add_lexer("mermaid", TextLexer)
