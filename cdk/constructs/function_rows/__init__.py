"""The rows of the table of functions, a module for each stage of the house."""
