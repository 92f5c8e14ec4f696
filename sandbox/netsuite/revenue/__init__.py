"""Advanced Revenue Management in small: arrangements, elements, plans, and what it posts."""
