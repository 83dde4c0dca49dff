"""The designer of documents: finding, listing, heads, words, orders, previews, review, deciding, history."""
