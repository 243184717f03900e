"""A demonstration organisation, and a walk of real pictures through the local cloud.

    from local.demo.flow import run_demo
    outcome = run_demo(cloud, output=folder)

Everything shown carries invented names. A run is idempotent and may be killed at any
point: each step looks at what is on record and does what is missing.
"""

# The command's package knows where the rules are; they are not installed anywhere.
import cli as cli
