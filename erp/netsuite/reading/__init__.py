"""What is read from NetSuite: queries, rows as the port's values, pages of them."""
