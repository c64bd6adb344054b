"""Answers out: numbers, tables, records, charts, pages and ledgers, to a stream that is handed over."""
