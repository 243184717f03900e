"""A build backend that builds nothing, so that pip only downloads.

pip asks a source archive for its metadata even when it is told to download, by running
the archive's `setup.py` through setuptools. `tools.photos` wants a data file out of such
an archive and nothing run: it puts this package before setuptools for that one call.
"""

from pathlib import Path


class _Inert:
    """Answers pip's questions about metadata without looking at the archive's code."""

    def get_requires_for_build_wheel(
        self, config_settings: dict[str, str] | None = None
    ) -> list[str]:
        """Ask for nothing more to be installed."""
        del config_settings
        return []

    def prepare_metadata_for_build_wheel(
        self, metadata_directory: str, config_settings: dict[str, str] | None = None
    ) -> str:
        """Copy name and version from the archive's own PKG-INFO."""
        del config_settings
        head = Path("PKG-INFO").read_text(encoding="utf-8").partition("\n\n")[0]
        fields = dict(
            line.split(": ", 1) for line in head.splitlines() if line.count(": ")
        )
        name, version = fields["Name"], fields["Version"]
        folder = Path(metadata_directory, f"{name}-{version}.dist-info")
        folder.mkdir()
        folder.joinpath("METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8"
        )
        return folder.name


__legacy__ = _Inert()
"""pip's name for the backend of an archive without pyproject.toml."""
