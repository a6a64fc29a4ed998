"""The configuration: text, schema, references between entries, fallback."""
