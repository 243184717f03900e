"""The deployment of Beeldrecht; `python -m cdk.app` writes its templates."""
