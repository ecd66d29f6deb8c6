"""The first start: a new book is asked for step by step; the answers are kept as a draft, and all
of them are recorded at once.
"""
