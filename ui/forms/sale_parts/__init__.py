"""What the forms of selling share: counters in a grid, money taken, cards side by side."""
