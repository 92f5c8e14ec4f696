"""The style of the sandbox ERP's page."""

from __future__ import annotations

CSS = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; }
h1 { font-size: 1.2rem; margin: 0 0 .5rem; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding-bottom: .75rem; }
nav { border-bottom: 1px solid #8886; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #8884; padding: .3rem .6rem .3rem 0; text-align: left; }
td { overflow-wrap: anywhere; vertical-align: top; }
form { align-items: end; display: inline-flex; flex-wrap: wrap; gap: .5rem; }
form { margin: .4rem 1rem 0 0; }
input { font: inherit; padding: .2rem .4rem; width: 9rem; }
button { font: inherit; padding: .25rem .8rem; }
.told { background: #fd63; padding: .5rem .8rem; }
"""
