"""The stores, each behind a repository; items never leave this package."""
