"""Rules for the regular phrases of contracts. They quote; the gate of quotations decides."""
