"""The emulator's side of the local cloud; runs in `.cache/local-cloud`."""
