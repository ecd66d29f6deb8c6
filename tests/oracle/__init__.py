"""A second, independent implementation of the book stream, to check the program against."""
