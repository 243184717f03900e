"""The parts of the stacks, named after the stages of a picture's life."""
