"""The accounting core of KWT Books; it knows no screen."""

__version__ = "1.0.0"
