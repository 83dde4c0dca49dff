"""The modules of the designer of documents that hang their routes on the blueprint."""

from saas.web.admin.documents import deciding, heads, history, listing, orders, previews, review, sealing, words

DOCUMENTS = (listing, heads, sealing, words, orders, previews, review, deciding, history)
