"""A new process of the city's own, question by question; every body on the way works. Read beginning, answers, copying.

Pure: bodies in, bodies out. The wizard asks, the designer goes on from whatever came of it.
"""
