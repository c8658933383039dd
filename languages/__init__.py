"""How English, French and Arabic are written: numbers, dates, addresses, letters and marks. Pure Python.

Read by the guards of drafts and by the quality checks alike, so that both mean the same by "a number". Rooms:
letters, punctuation, digits, number_words (data) and numerals (the reader), dates, addresses.
"""
