"""The LaTeX of abstracts: its symbols, its repair, its forms in Unicode and MathML."""
