"""What every function shares at its edge: settings, logging, queue records, wiring."""
