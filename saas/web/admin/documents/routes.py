"""The modules of the designer of documents that hang their routes on the blueprint."""

from saas.web.admin.documents import deciding, heads, history, listing, orders, previews, review, words

DOCUMENTS = (listing, heads, words, orders, previews, review, deciding, history)
