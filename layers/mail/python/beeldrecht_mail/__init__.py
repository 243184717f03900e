"""Letters: what mails and signed copies say, and how they look.

Knows nothing of stores or of AWS: words and values in, HTML, text and PDF out.
"""
