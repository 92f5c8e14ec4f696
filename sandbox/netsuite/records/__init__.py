"""Record types, their JSON, and the receivables arithmetic behind them."""
