"""What the paper says, measured: studies of finished results, and the ledger."""
